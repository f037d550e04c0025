package dev.tinysse.server.http;

import dev.tinysse.server.transport.Connection;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Logs each request: method, path, status and time. Queries are left out, as clients that cannot set
 * headers put secrets there. Safe for any thread.
 */
public final class RequestLog implements Filter {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Level LEVEL = Level.DEBUG;

    private RequestLog() {}

    /** {@return the filter, if its log level is on} */
    public static Optional<RequestLog> ifWanted() {
        return LOG.isLoggable(LEVEL) ? Optional.of(new RequestLog()) : Optional.empty();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long began = System.nanoTime();
        try {
            chain.proceed();
            log(request, code(response.status()), began);
        } catch (CloseConnectionException e) {
            boolean responded = response.isSent() || Connection.current().isDetached();
            log(request, responded ? code(response.status()) : "none", began);
            throw e;
        } catch (RuntimeException | Error e) {
            log(request, code(Status.INTERNAL_SERVER_ERROR_500), began);
            throw e;
        }
    }

    private static void log(RoutingRequest request, String status, long began) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
        LOG.log(LEVEL, "request: method=%s path=%s status=%s time=%d.%03dms client=%s:%d".formatted(
                request.prologue().method().text(), Requests.path(request), status, micros / 1000, micros % 1000,
                request.remotePeer().host(), request.remotePeer().port()));
    }

    private static String code(Status status) {
        return Integer.toString(status.code());
    }
}
