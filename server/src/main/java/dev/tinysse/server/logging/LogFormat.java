package dev.tinysse.server.logging;

import java.util.Locale;

/** The format of a line of the log. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One object of JSON. */
    JSON;

    /** {@return the name as options have it} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
