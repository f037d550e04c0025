package dev.tinysse.broker.hooks;

import dev.tinysse.broker.logging.RepeatedLines;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/** Writes each different failure of a hook to the log in full once, and then only how often it came back. Safe for any thread. */
final class FailureLog {
    /** An object's address, as Lua shows it, which differs each time. */
    private static final Pattern ADDRESS = Pattern.compile("\\b0x\\p{XDigit}{6,}\\b");

    private final Logger log;
    private final RepeatedLines repeated;

    FailureLog(Logger log) {
        this.log = log;
        this.repeated = new RepeatedLines(log, Level.ERROR);
    }

    void log(String hook, Throwable failure) {
        String text = hook + " hook failed: "
                + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        String[] lines = text.split("\n");
        if (repeated.isNew(ADDRESS.matcher(lines[0]).replaceAll("0x…"))) {
            for (String line : lines) {
                log.log(Level.ERROR, line);
            }
            log.log(Level.DEBUG, hook + " hook failed", failure);
        }
    }

    /** Writes what has been counted since the last line about it. */
    void logCounted() {
        repeated.logCounted();
    }
}
