package dev.tinysse.server.admin;

import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.http.Responses;
import dev.tinysse.server.http.Route;
import dev.tinysse.server.http.Router;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;

/** The admin listener. Any thread may call it. */
public final class AdminListener implements Component {
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);
    private static final int MAX_LINE = 16 * 1024;

    private final Listener listener;
    private final EventsResource events;
    private final AdminResources more;

    /**
     * A listener that is to be started.
     *
     * @param config where, and who is an operator
     * @param parts what operators look at
     */
    public AdminListener(AdminConfig config, AdminParts parts) {
        events = new EventsResource(parts.figures());
        Router routes = new Router(AdminListener::nothing, false,
                List.of(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store")));
        new HealthResource(parts.unready()).addTo(routes);
        Sessions sessions = new Sessions(System::nanoTime);
        OperatorToken token = new OperatorToken(config.token(), new WrongTokens(System::nanoTime));
        new LoginResource(token, sessions).addTo(routes);
        new StreamsResource(parts.directory()).addTo(routes);
        new ChannelsResource(parts.directory(), parts.history(), config.channels()).addTo(routes);
        routes.add(parts.publish());
        routes.add(Route.at(Route.OTHER, "/events").get(events));
        routes.add(Route.at(Route.OTHER, "/metrics").get(new MetricsResource(parts.metrics())));
        more = parts.more();
        more.addTo(routes);
        HttpRouting.Builder routing = Listener.routing();
        routing.addFilter(new HostFilter(AdminHosts.of(config), routes));
        routing.addFilter(new TokenFilter(token, sessions, routes));
        routing.any(routes);
        this.listener = new Listener(
                new TransportConfig(config.endpoints(), config.certificates(), config.trustedProxies(), CLIENT_TIMEOUT,
                        CLIENT_TIMEOUT, IDLE_TIMEOUT, CLIENT_TIMEOUT, config.maxBodySize(), MAX_LINE),
                routing, List.of(), RequestListener.NONE);
    }

    private static void nothing(ServerRequest request, ServerResponse response) {
        Responses.closeIfUnread(request, response);
        Responses.notFound(request, response);
    }

    /** {@return the addresses as a component: bound at its start, and closed with all connections at its stop} */
    public Component addresses() {
        return listener.addresses();
    }

    /** {@return where it listens, with the real ports} */
    public List<Endpoint> bound() {
        return listener.bound();
    }

    /** {@return whether the event loops turn, for each of them} */
    public List<LoopProgress> loops() {
        return listener.loops();
    }

    /** Begins to serve. */
    @Override
    public void start() {
        listener.start();
    }

    /** Ends its own event streams. */
    @Override
    public void stop(Deadline deadline) {
        events.close();
        more.close();
    }
}
