package dev.tinysse.server.settings;

import dev.tinysse.api.internal.OneLine;

/**
 * The user asked for something that cannot be. The message is one line: what is wrong, with the value and where it came
 * from, and what is accepted.
 */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    /** Escapes what would break the line. */
    UsageException(String message) {
        super(OneLine.of(message));
    }
}
