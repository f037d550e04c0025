package dev.tinysse.server.transport;

/** The body of a request turns out to be longer than is allowed. */
public final class BodyTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BodyTooLongException() {
        super("body too long", null, false, false);
    }
}
