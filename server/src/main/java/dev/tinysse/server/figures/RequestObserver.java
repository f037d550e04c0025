package dev.tinysse.server.figures;

import dev.tinysse.server.refusal.RefusedRequest;
import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.webserver.http.ServerRequest;

/** Wants to know of requests. Called on the request's thread. */
public interface RequestObserver {
    /** A request begins; what is noted in the outcome is known at its end. */
    default void begin(ServerRequest request, RequestOutcome outcome) {}

    /** A request has got its response. */
    void completed(CompletedRequest completed);

    /** A request that no handler has seen is refused. Any thread. */
    void refused(RefusedRequest request);
}
