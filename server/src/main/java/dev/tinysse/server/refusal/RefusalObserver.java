package dev.tinysse.server.refusal;

/** Wants to know of requests that are refused before a handler sees them. Called before the response is sent. Safe for any thread. */
@FunctionalInterface
public interface RefusalObserver {
    /** Nobody wants to know. */
    RefusalObserver NONE = new Nobody();

    /** A lambda would load the class of the request. */
    final class Nobody implements RefusalObserver {
        private Nobody() {}

        @Override
        public void refused(RefusedRequest request) {
            // no observer
        }
    }

    /** A request is refused. */
    void refused(RefusedRequest request);
}
