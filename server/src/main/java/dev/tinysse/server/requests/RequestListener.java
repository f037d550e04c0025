package dev.tinysse.server.requests;

import dev.tinysse.broker.stream.StreamEnding;

/** Wants to know of requests. Safe for any thread. */
public interface RequestListener {
    /** Wants to know nothing. */
    RequestListener NONE = new Nobody();

    /** A lambda would load the class of the request. */
    final class Nobody implements RequestListener {
        private Nobody() {}

        @Override
        public void completed(CompletedRequest request) {
            // nobody wants to know
        }
    }

    /**
     * A request has come that is given to a handler. Called on the request's thread.
     *
     * @return observes its response, on the same thread
     */
    default RequestListener begin(RequestHead head) {
        return this;
    }

    /** A request is over. */
    void completed(CompletedRequest request);

    /** {@return whether it wants to know of the ends of streams} */
    default boolean observesStreams() {
        return false;
    }

    /** The stream that a request has become has ended. */
    default void ended(RequestHead head, StreamEnding ending) {}
}
