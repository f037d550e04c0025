package dev.tinysse.server;

import dev.tinysse.server.component.StartException;
import dev.tinysse.server.cors.CorsFilter;
import dev.tinysse.server.cors.CorsPolicy;
import dev.tinysse.server.files.StaticFiles;
import dev.tinysse.server.http.FrontPage;
import dev.tinysse.server.http.RequestFilter;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the listener for publishers and subscribers. */
final class MainListener {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);
    private static final int MAX_LINE = 16 * 1024;
    /** Room for 128 channels with names of the maximum length, each in a field of the query. */
    private static final int MAX_LINE_WITH_CHANNELS = 24 * 1024;

    private MainListener() {}

    static Listener of(Settings settings, Router router, Optional<Certificates> certificates,
            List<RequestListener> listeners) throws StartException {
        Settings.Http http = settings.http();
        CorsPolicy cors = CorsPolicy.of(settings.cors(), settings.access().hasKeys());
        HttpRouting.Builder routing = Listener.routing();
        RequestListener refusals = RequestListener.NONE;
        if (!listeners.isEmpty()) {
            RequestFilter filter = new RequestFilter(router, listeners);
            routing.addFilter(filter);
            refusals = filter;
        }
        routing.addFilter(new CorsFilter(cors));
        routing.any(router);
        return new Listener(
                new TransportConfig(Endpoints.of(settings), certificates, http.trustedProxies(), http.headTimeout(),
                        http.bodyTimeout(), IDLE_TIMEOUT, settings.streams().writeTimeout(), http.maxBodySize(),
                        http.channels() ? MAX_LINE_WITH_CHANNELS : MAX_LINE),
                routing, cors.headersFor(""), refusals);
    }

    /** The handler of paths that are no routes. */
    static Handler files(Settings.ServeStatic serve, Settings.Http paths) throws StartException {
        if (serve.dir().isEmpty()) {
            return new FrontPage(paths);
        }
        try {
            return new StaticFiles(Path.of(serve.dir().get()), serve.path());
        } catch (IOException e) {
            throw new StartException(
                    "cannot serve files from --serve-static-dir " + serve.dir().get() + ": no such directory");
        }
    }
}
