package dev.tinysse.server.transport;

/** The rest of a body is not read, and the wait for it has ended. */
public final class InputEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InputEndedException() {
        super("the rest of the body is not read", null, false, false);
    }
}
