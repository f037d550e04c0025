package dev.tinysse.luahooks.tables;

import dev.tinysse.api.internal.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs what is wrong with the results of hooks, each kind once. Safe for any thread. */
public final class ResultWarnings {
    private final Logger log;
    private final LogThrottle throttle = LogThrottle.once();

    /** @param log where to write */
    public ResultWarnings(Logger log) {
        this.log = log;
    }

    /** Logs {@code text}, unless it has been logged before. */
    void once(String text) {
        once(text, text);
    }

    /** Logs {@code text}, unless one about the same subject has been logged before. */
    void once(String subject, String text) {
        if (throttle.isDue(subject)) {
            log.log(Level.WARNING, text + " (logged once)");
        }
    }
}
