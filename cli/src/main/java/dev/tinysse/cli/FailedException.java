package dev.tinysse.cli;

import dev.tinysse.api.internal.OneLine;

/** A command failed. The message is one line. */
public final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param message what failed, with the value; what would break the line is escaped
     */
    public FailedException(String message) {
        super(OneLine.of(message));
    }
}
