package dev.tinysse.server;

/** The server cannot start. The text is one clear line for the operator. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message, null, false, false);
    }
}
