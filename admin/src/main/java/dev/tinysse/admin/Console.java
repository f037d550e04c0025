package dev.tinysse.admin;

import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.Broker;
import dev.tinysse.server.logging.RecentLines;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.settings.EffectiveOptions;
import dev.tinysse.server.settings.Version;
import java.util.List;

/** The console and what it looks at. Any thread may call it. */
final class Console implements AutoCloseable {
    private static final String FOLDER = "/console/";
    private static final List<String> FILES = List.of("console.css", "icon.svg", "api.js", "channels.js", "chart.js",
            "confirm.js", "console.js", "dom.js", "format.js", "live.js", "log.js", "login.js", "options.js",
            "overview.js", "publish.js", "samples.js", "streams.js", "table.js");

    private final EffectiveOptions options;
    private final LiveView live;
    private final FigureHistory history;
    private final RecentLines log = RecentLines.start();

    private final boolean login;
    private final String node;

    /**
     * A console that records log lines and metrics from now on.
     *
     * @param options what holds for each option
     * @param figures the server's own
     * @param broker has the messages
     * @param login whether operators have to send a token
     * @param node name of the server
     */
    Console(EffectiveOptions options, Figures figures, Broker broker, boolean login, String node) {
        this.options = options;
        this.live = new LiveView(broker);
        this.history = new FigureHistory(figures::json);
        this.login = login;
        this.node = node;
    }

    void addTo(Router router) {
        page(router, "/", "index.html");
        FILES.forEach(file -> page(router, FOLDER + file, file));
        router.add(Route.at(Route.OTHER, "/session").get((JsonResource) _ -> session()));
        router.add(Route.at(Route.OTHER, "/figures").get((JsonResource) _ -> history.json()));
        router.add(Route.at(Route.OTHER, "/log").get((JsonResource) _ -> lines(log.lines())));
        router.add(Route.at(Route.OTHER, "/options").get((JsonResource) _ -> options()));
        router.add(Route.between("/channels/", "/events").get(live));
    }

    /** A page, or a part of one, has to be there before its user has a token. */
    private static void page(Router router, String path, String file) {
        router.add(Route.at(Route.OTHER, path).withoutToken().get(new PageFile(file)));
    }

    /** The caller is an operator, and may want to log out if a token has to be sent. */
    private String session() {
        return new Json().raw("login", Boolean.toString(login)).add("node", node)
                .add("version", Version.text()).toString();
    }

    private static String lines(List<RecentLines.Line> lines) {
        return new Json().raw("lines", Json.array(lines.stream().map(line -> new Json().add("time", line.time())
                .add("level", line.level()).add("logger", line.logger()).add("message", line.message()).toString())
                .toList())).toString();
    }

    private String options() {
        return new Json().raw("options", Json.array(options.list().stream().map(option -> new Json()
                .add("name", option.name()).add("value", option.value()).add("from", option.origin()).toString())
                .toList())).toString();
    }

    /** Ends the live views, and forgets what was logged. */
    @Override
    public void close() {
        live.close();
        history.close();
        log.close();
    }
}
