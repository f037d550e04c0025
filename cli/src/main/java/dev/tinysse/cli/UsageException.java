package dev.tinysse.cli;

import dev.tinysse.api.internal.OneLine;

/** The arguments of a command are wrong. The message is one line. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A mistake in the arguments.
     *
     * @param message what is wrong, with the value; what would break the line is escaped
     */
    public UsageException(String message) {
        super(OneLine.of(message));
    }
}
