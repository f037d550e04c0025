package dev.tinysse.server.transport;

import java.time.Duration;

/**
 * How long a connection may still take for what it is at. Set by the connection's thread, read by the one that watches over
 * all connections.
 */
final class RequestDeadline {
    enum Waiting {
        /** for the first byte of a request: close without a word when it does not come */
        FOR_REQUEST,
        /** for the rest of a head or body: answer 408 when it does not come */
        FOR_REST,
        /** for the client to take an answer, or to close: close */
        FOR_CLIENT
    }

    private record Limit(Waiting waiting, long nanos) {}

    private volatile Limit limit;

    void set(Waiting waiting, Duration time) {
        limit = time.isZero() ? null : new Limit(waiting, System.nanoTime() + time.toNanos());
    }

    void clear() {
        limit = null;
    }

    /** Whether the client is still in the midst of sending a request. */
    boolean isForRest() {
        Limit current = limit;
        return current != null && current.waiting == Waiting.FOR_REST;
    }

    boolean hasPassed(long now) {
        Limit current = limit;
        return current != null && now - current.nanos >= 0;
    }
}
