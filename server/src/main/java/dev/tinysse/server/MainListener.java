package dev.tinysse.server;

import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.server.accesslog.AccessLog;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.cors.CorsFilter;
import dev.tinysse.server.cors.CorsPolicy;
import dev.tinysse.server.figures.RequestFigures;
import dev.tinysse.server.figures.RouteNames;
import dev.tinysse.server.figures.TraceFilter;
import dev.tinysse.server.files.StaticFiles;
import dev.tinysse.server.http.FrontPage;
import dev.tinysse.server.http.RequestLog;
import dev.tinysse.server.http.Routes;
import dev.tinysse.server.listener.Endpoints;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.tls.Certificates;
import dev.tinysse.server.transport.Listener;
import dev.tinysse.server.transport.TransportConfig;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes the listener for publishers and subscribers. */
final class MainListener {
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);
    private static final int MAX_LINE = 16 * 1024;
    /** Room for 128 channels with names of the maximum length, each in a field of the query. */
    private static final int MAX_LINE_WITH_CHANNELS = 24 * 1024;

    private MainListener() {}

    static Listener of(Settings settings, Routes routes, Optional<Certificates> certificates,
            Optional<RequestFigures> figures, Optional<AccessLog> accessLog, Optional<Tracer> tracer)
            throws StartException {
        Settings.Http http = settings.http();
        CorsPolicy cors = CorsPolicy.of(settings.cors(), settings.access().hasKeys());
        HttpRouting.Builder routing = Listener.routing();
        RequestLog.ifWanted().ifPresent(routing::addFilter);
        RequestObservers observers = RequestObservers.of(figures, accessLog);
        observers.addTo(routing);
        if (tracer.isPresent()) {
            routing.addFilter(new TraceFilter(tracer.get(), new RouteNames(http)));
        }
        routing.addFilter(new CorsFilter(cors));
        routes.addTo(routing);
        return new Listener(
                new TransportConfig(Endpoints.of(settings), certificates, http.trustedProxies(), http.headTimeout(),
                        http.bodyTimeout(), IDLE_TIMEOUT, settings.streams().writeTimeout(), http.maxBodySize(),
                        http.channels() ? MAX_LINE_WITH_CHANNELS : MAX_LINE),
                routing, cors.headersFor(""), observers.refusals());
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
