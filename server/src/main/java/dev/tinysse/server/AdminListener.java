package dev.tinysse.server;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.server.admin.Admin;
import dev.tinysse.server.admin.AdminParts;
import dev.tinysse.server.admin.AdminProvider;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.component.Watchdog;
import dev.tinysse.server.http.Health;
import dev.tinysse.server.http.Lifecycle;
import dev.tinysse.server.http.PublicRoutes;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The admin listener. Only loaded where there is one. Any thread may call it. */
final class AdminListener implements Component {
    private static final String PUBLISH = "/publish";
    private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);
    private static final int MAX_LINE = 16 * 1024;

    private final Admin admin;
    private final Listener listener;

    private AdminListener(Admin admin, Listener listener) {
        this.admin = admin;
        this.listener = listener;
    }

    /**
     * The listener, to be bound.
     *
     * @throws StartException if the token of the operators cannot be read, or there is no such host
     */
    static AdminListener of(Invocation.Serve serve, Broker broker, EventLog log, Lifecycle lifecycle,
            Watchdog watchdog, Optional<Certificates> certificates) throws StartException {
        Settings settings = serve.settings();
        List<Endpoint> endpoints = Endpoints.ofAdmin(settings);
        Health health = new Health(lifecycle, log);
        Admin admin = OptionalModule.ADMIN.find(AdminProvider.class).open(new AdminParts(serve, endpoints, broker, log,
                () -> unready(health, watchdog), PublicRoutes.unasked(settings, broker, lifecycle, PUBLISH)));
        HttpRouting.Builder routing = Listener.routing();
        admin.addTo(routing);
        return new AdminListener(admin, new Listener(
                new TransportConfig(endpoints, certificates, settings.http().trustedProxies(), CLIENT_TIMEOUT,
                        CLIENT_TIMEOUT, IDLE_TIMEOUT, CLIENT_TIMEOUT, settings.http().maxBodySize(), MAX_LINE),
                routing, List.of(), RequestListener.NONE));
    }

    /** Why the server is not ready; none if it is. */
    private static List<String> unready(Health health, Watchdog watchdog) {
        List<String> reasons = new ArrayList<>();
        if (!health.status().equals(Health.OK)) {
            reasons.add(health.status());
        }
        watchdog.stuck().forEach(thread -> reasons.add("stuck thread: " + thread));
        return reasons;
    }

    /** The addresses as a component: bound at its start, and closed with all connections at its stop. */
    Component addresses() {
        return listener.addresses();
    }

    /** The observer of the requests of the main listener. */
    RequestListener requests() {
        return admin.requests();
    }

    /** Where it listens, with the real ports. */
    List<Endpoint> bound() {
        return listener.bound();
    }

    /** Whether the event loops turn, for each of them. */
    List<LoopProgress> loops() {
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
        admin.close();
    }
}
