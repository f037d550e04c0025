package dev.tinysse.api;

/** A hook has failed. The text, which names script and line where it can, is for the log alone. */
public class HookException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message what went wrong and where, not null; further lines may hold a traceback
     */
    public HookException(String message) {
        super(message);
    }

    /**
     * A failure with a cause.
     *
     * @param message what went wrong and where, not null; further lines may hold a traceback
     * @param cause what led to it
     */
    public HookException(String message, Throwable cause) {
        super(message, cause);
    }
}
