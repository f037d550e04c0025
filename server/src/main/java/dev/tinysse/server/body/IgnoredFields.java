package dev.tinysse.server.body;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs at DEBUG which fields of a message have no effect, since a misspelt one would be hard to find. */
final class IgnoredFields {
    private static final Logger LOG = System.getLogger("tinysse");

    private IgnoredFields() {}

    /** A field that is not known. */
    static void log(String name) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG,
                    "field of a message is ignored: name=%.200s known=channel,comment,data,event,id".formatted(name));
        }
    }

    /** The field {@code channel}, without channels. */
    static void logChannel() {
        LOG.log(Level.DEBUG, "field of a message is ignored: name=channel (needs --channels)");
    }
}
