package dev.tinysse.server.transport;

/** There is no memory for a request at the moment. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OverloadedException() {
        super("no memory for the request", null, false, false);
    }
}
