package dev.tinysse.broker.hooks;

import dev.tinysse.api.internal.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.regex.Pattern;

/** Writes each different failure of a hook to the log in full once, and then only how often it recurred. Safe for any thread. */
final class FailureLog {
    /** An object's address, as Lua shows it, which differs each time. */
    private static final Pattern ADDRESS = Pattern.compile("\\b0x\\p{XDigit}{6,}\\b");

    private final Logger log;
    private final LogThrottle throttle = LogThrottle.perInterval(Duration.ofSeconds(1), System::nanoTime);

    FailureLog(Logger log) {
        this.log = log;
    }

    void log(String hook, Throwable failure) {
        String text = hook + " hook failed: "
                + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        String kind = ADDRESS.matcher(text.lines().findFirst().orElse("")).replaceAll("0x…");
        if (throttle.log(log, Level.ERROR, kind, text)) {
            log.log(Level.DEBUG, hook + " hook failed", failure);
        }
    }

    /** Writes what has been counted since the last line about it. */
    void logCounted() {
        throttle.logWithheld(log, Level.ERROR);
    }
}
