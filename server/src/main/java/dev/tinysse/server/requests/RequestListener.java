package dev.tinysse.server.requests;

import dev.tinysse.broker.stream.StreamEnding;

/** Observes requests: for metrics, the access log, traces. Safe for any thread. */
public interface RequestListener {
    /** Observes nothing. */
    RequestListener NONE = new Nobody();

    /** A lambda would load the class of the request. */
    final class Nobody implements RequestListener {
        private Nobody() {}

        @Override
        public void completed(CompletedRequest request) {
            // nothing to do
        }
    }

    /**
     * A request reaches the routing. Called on the request's thread.
     *
     * @return observes its response, on the same thread
     */
    default RequestListener begin(RequestHead head) {
        return this;
    }

    /** A request has its response, or its client has gone. */
    void completed(CompletedRequest request);

    /** {@return whether it observes the ends of streams, too} */
    default boolean observesStreams() {
        return false;
    }

    /** The stream that a request has become has ended. */
    default void ended(RequestHead head, StreamEnding ending) {}
}
