package dev.tinysse.api;

/** A script could not be loaded. The text is one clear statement with file and, where there is one, line. */
public class ScriptException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A failure to load.
     *
     * @param message what is wrong and where, not null
     */
    public ScriptException(String message) {
        super(message);
    }

    /**
     * A failure to load with a cause.
     *
     * @param message what is wrong and where, not null
     * @param cause what led to it
     */
    public ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
