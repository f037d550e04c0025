package dev.tinysse.admin;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.server.admin.Admin;
import dev.tinysse.server.admin.AdminParts;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.settings.Settings;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;

/** The routes of the admin listener, and the filters before them. Any thread may call it. */
final class AdminApi implements Admin {
    private final Router routes = new Router(AdminApi::nothing, false,
            List.of(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store")));
    private final RequestFigures requests = new RequestFigures();
    private final Sessions sessions = new Sessions(System::nanoTime);
    private final OperatorToken token;
    private final AdminHosts hosts;
    private final EventsResource events;
    private final Console console;

    /**
     * All resources.
     *
     * @throws StartException if the token of the operators cannot be read
     */
    AdminApi(AdminParts parts) throws StartException {
        Settings settings = parts.serve().settings();
        Broker broker = parts.broker();
        token = OperatorToken.read(settings.admin().tokenFile());
        hosts = AdminHosts.of(parts.endpoints(), settings.admin().host().orElse(List.of()));
        Optional<String> node = parts.log().shared().map(SharedLog::node).or(() -> settings.cluster().nodeName());
        node.ifPresent(broker::nameNode);
        broker.measure();
        Figures figures = new Figures(broker, requests);
        events = new EventsResource(figures);
        console = new Console(parts.serve().options(), figures, broker, token.isRequired(), node.orElse(""));
        new HealthResource(parts.unready()).addTo(routes);
        new LoginResource(token, sessions).addTo(routes);
        new StreamsResource(broker.directory()).addTo(routes);
        new ChannelsResource(broker.directory(), parts.log().retention(), settings.http().channels()).addTo(routes);
        routes.add(parts.publish());
        routes.add(Route.at(Route.OTHER, "/events").get(events));
        routes.add(Route.at(Route.OTHER, "/metrics").get(new MetricsResource(figures)));
        console.addTo(routes);
    }

    private static void nothing(ServerRequest request, ServerResponse response) {
        Responses.closeIfUnread(request, response);
        Responses.notFound(request, response);
    }

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.addFilter(new HostFilter(hosts, routes));
        routing.addFilter(new TokenFilter(token, sessions, routes));
        routing.any(routes);
    }

    @Override
    public RequestListener requests() {
        return requests;
    }

    @Override
    public void close() {
        events.close();
        console.close();
    }
}
