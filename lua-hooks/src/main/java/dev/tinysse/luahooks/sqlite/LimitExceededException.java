package dev.tinysse.luahooks.sqlite;

/** A call of SQLite has run for too long, or its rows take too much memory. The message says which. */
public final class LimitExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LimitExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
