package dev.tinysse.server.http;

/** The body is not a message. The text is for the publisher. */
final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1;

    BadMessageException(String message) {
        super(message, null, false, false);
    }
}
