package dev.tinysse.luahooks.tables;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs what is wrong with the results of hooks, each kind once. Safe for any thread. */
public final class ResultWarnings {
    private static final int KINDS = 1000;

    private final Logger log;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

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
        if (made.size() < KINDS && made.add(subject)) {
            log.log(Level.WARNING, text + " (logged once)");
        }
    }
}
