package dev.tinysse.server.http;

import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestHead;
import dev.tinysse.server.requests.RequestListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * Logs each request: method, path, status and time. Queries are left out, as clients that cannot set
 * headers put secrets there. Safe for any thread.
 */
public final class RequestLog implements RequestListener {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Level LEVEL = Level.DEBUG;

    /** {@return whether its log level is on} */
    public static boolean isWanted() {
        return LOG.isLoggable(LEVEL);
    }

    @Override
    public void completed(CompletedRequest request) {
        if (request.outcome().isEmpty()) {
            return; // it was refused before the routing, which is logged there
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(request.nanos());
        RequestHead head = request.head();
        LOG.log(LEVEL, "request: method=%s path=%s status=%s time=%d.%03dms client=%s".formatted(head.method(),
                head.path(), request.hasResponse() ? request.status() : "none", micros / 1000, micros % 1000,
                head.client()));
    }
}
