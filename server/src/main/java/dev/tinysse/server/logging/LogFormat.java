package dev.tinysse.server.logging;

import java.util.Locale;
import java.util.Optional;

/** The format of a line of the log. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One object of JSON. */
    JSON;

    /**
     * The format that a user means.
     *
     * @param text its name in lower case
     * @return empty when there is no such format
     */
    public static Optional<LogFormat> of(String text) {
        for (LogFormat format : values()) {
            if (format.toString().equals(text)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** {@return the name as options have it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
