package dev.tinysse.server.http;

/** What was posted is not a message. The text is for the publisher. */
final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1;

    BadMessageException(String message) {
        super(message, null, false, false);
    }
}
