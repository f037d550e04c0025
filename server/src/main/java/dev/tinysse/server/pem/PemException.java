package dev.tinysse.server.pem;

/** A file does not hold what it should. The text says what is wrong, and shows nothing of the file. */
public final class PemException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public PemException(String message) {
        super(message);
    }

    /** The same, with the cause. */
    public PemException(String message, Throwable cause) {
        super(message, cause);
    }
}
