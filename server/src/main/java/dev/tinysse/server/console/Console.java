package dev.tinysse.server.console;

import dev.tinysse.api.internal.Json;
import dev.tinysse.server.admin.AdminResources;
import dev.tinysse.server.admin.JsonResource;
import dev.tinysse.server.http.Route;
import dev.tinysse.server.http.Router;
import dev.tinysse.server.logging.RecentLines;
import dev.tinysse.server.settings.EffectiveOptions;
import java.util.List;

/** The console and what it looks at. Any thread may call it. */
public final class Console implements AdminResources {
    private static final String FOLDER = "/console/";
    private static final List<String> FILES = List.of("console.css", "icon.svg", "api.js", "channels.js", "chart.js",
            "confirm.js", "console.js", "dom.js", "format.js", "live.js", "log.js", "login.js", "options.js",
            "overview.js", "publish.js", "samples.js", "streams.js", "table.js");

    private final ConsoleParts parts;
    private final LiveView live;
    private final FigureHistory history;
    private final RecentLines log = RecentLines.start(line -> {});

    /** A console that records log lines and metrics from now on. */
    public Console(ConsoleParts parts) {
        this.parts = parts;
        this.live = new LiveView(parts.watch());
        this.history = new FigureHistory(parts.figures());
    }

    @Override
    public void addTo(Router router) {
        page(router, "/", "index.html");
        FILES.forEach(file -> page(router, FOLDER + file, file));
        router.add(Route.at(Route.OTHER, "/session").get((JsonResource) _ -> session()));
        router.add(Route.at(Route.OTHER, "/figures").get((JsonResource) _ -> history.json()));
        router.add(Route.at(Route.OTHER, "/log").get((JsonResource) _ -> lines(log.lines())));
        router.add(Route.at(Route.OTHER, "/options").get((JsonResource) _ -> options(parts.options())));
        router.add(Route.between("/channels/", "/events").get(live));
    }

    /** A page, or a part of one, has to be there before its user has a token. */
    private static void page(Router router, String path, String file) {
        router.add(Route.at(Route.OTHER, path).withoutToken().get(new PageFile(file)));
    }

    /** The caller is an operator, and may want to log out if a token has to be sent. */
    private String session() {
        return new Json().raw("login", Boolean.toString(parts.withToken())).add("node", parts.node())
                .add("version", parts.version()).toString();
    }

    private static String lines(List<RecentLines.Line> lines) {
        return new Json().raw("lines", Json.array(lines.stream().map(line -> new Json().add("time", line.time())
                .add("level", line.level()).add("logger", line.logger()).add("message", line.message()).toString())
                .toList())).toString();
    }

    private static String options(EffectiveOptions options) {
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
