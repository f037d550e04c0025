package dev.tinysse.server.transport;

/** The body of a request is, or turns out to be, longer than is allowed, or than there is memory for. */
public final class BodyTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BodyTooLongException() {
        this("length limit exceeded");
    }

    /**
     * An end to the request.
     *
     * @param message for the client
     */
    BodyTooLongException(String message) {
        super(message, null, false, false);
    }
}
