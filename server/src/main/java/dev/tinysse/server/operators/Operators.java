package dev.tinysse.server.operators;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.server.admin.AdminConfig;
import dev.tinysse.server.admin.AdminListener;
import dev.tinysse.server.admin.AdminParts;
import dev.tinysse.server.admin.Figures;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.component.Watchdog;
import dev.tinysse.server.console.Console;
import dev.tinysse.server.console.ConsoleParts;
import dev.tinysse.server.figures.RequestFigures;
import dev.tinysse.server.figures.ServerFigures;
import dev.tinysse.server.http.Health;
import dev.tinysse.server.http.Lifecycle;
import dev.tinysse.server.http.PublicRoutes;
import dev.tinysse.server.listener.Endpoints;
import dev.tinysse.server.settings.Invocation;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import dev.tinysse.server.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the admin listener. Only loaded where there is one. */
public final class Operators {
    private static final String PUBLISH = "/publish";
    private static final int MIN_TOKEN = 16;

    private Operators() {}

    /**
     * The listener, to be bound.
     *
     * @throws StartException if the token cannot be read, or there is no such host
     */
    public static AdminListener listener(Invocation.Serve serve, Broker broker, EventLog log, Lifecycle lifecycle,
            Watchdog watchdog, RequestFigures requests, Optional<Certificates> certificates)
            throws StartException {
        Settings settings = serve.settings();
        Settings.Admin admin = settings.admin();
        AdminConfig config = new AdminConfig(Endpoints.ofAdmin(settings), certificates,
                settings.http().trustedProxies(), token(admin.tokenFile()),
                Set.copyOf(admin.host().orElse(List.of())), settings.http().channels(),
                settings.http().maxBodySize());
        Optional<String> node = log.shared().map(SharedLog::node).or(() -> settings.cluster().nodeName());
        node.ifPresent(broker::nameNode);
        broker.measure();
        ServerFigures all = new ServerFigures(broker, requests);
        Figures figures = new Figures(all);
        Console console = new Console(
                new ConsoleParts(serve.options(), figures::json, broker::watch, config.token().isPresent(),
                        node.orElse(""), Version.text()));
        Health health = new Health(lifecycle, log);
        return new AdminListener(config, new AdminParts(broker.directory(), log.retention(),
                () -> reasons(health, watchdog), PublicRoutes.unasked(settings, broker, lifecycle, PUBLISH),
                figures::json, all::all, console));
    }

    /** Why the server is not ready; none if it is. */
    private static List<String> reasons(Health health, Watchdog watchdog) {
        List<String> reasons = new ArrayList<>();
        if (!health.status().equals(Health.OK)) {
            reasons.add(health.status());
        }
        watchdog.stuck().forEach(thread -> reasons.add("stuck thread: " + thread));
        return reasons;
    }

    private static Optional<String> token(Optional<String> file) throws StartException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String token;
        try {
            token = Files.readString(Path.of(file.get())).strip();
        } catch (IOException e) {
            throw new StartException("cannot read --admin-token-file " + file.get(), e);
        }
        if (token.length() < MIN_TOKEN) {
            throw new StartException(
                    "--admin-token-file %s must hold a token of at least %d characters (openssl rand -hex 32 makes one): length=%d"
                            .formatted(file.get(), MIN_TOKEN, token.length()));
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new StartException("--admin-token-file " + file.get()
                    + " must hold one token of printable ASCII characters without blanks");
        }
        return Optional.of(token);
    }
}
