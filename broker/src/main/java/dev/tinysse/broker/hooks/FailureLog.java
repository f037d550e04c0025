package dev.tinysse.broker.hooks;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Writes each different failure of a hook to the log in full once, and then only how often it came back: at most a line a
 * second. Safe for any thread.
 */
final class FailureLog {
    private static final int KINDS = 1000;
    /** An object's address, as Lua shows it, which differs each time. */
    private static final Pattern ADDRESS = Pattern.compile("\\b0x\\p{XDigit}{6,}\\b");
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final class Seen {
        final AtomicLong times = new AtomicLong();
        final AtomicLong nextLine = new AtomicLong(System.nanoTime() + PAUSE_NANOS);
    }

    private final Logger log;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    FailureLog(Logger log) {
        this.log = log;
    }

    void log(String hook, Throwable failure) {
        String text = hook + " hook failed: "
                + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        String[] lines = text.split("\n");
        String kind = ADDRESS.matcher(lines[0]).replaceAll("0x…");
        Seen before = seen.get(kind);
        if (before != null) {
            count(kind, before);
            return;
        }
        if (seen.size() < KINDS && seen.putIfAbsent(kind, new Seen()) != null) {
            return;
        }
        for (String line : lines) {
            log.log(Level.ERROR, line);
        }
        log.log(Level.DEBUG, hook + " hook failed", failure);
    }

    private void count(String line, Seen before) {
        before.times.incrementAndGet();
        long due = before.nextLine.get();
        if (System.nanoTime() - due >= 0 && before.nextLine.compareAndSet(due, System.nanoTime() + PAUSE_NANOS)) {
            log.log(Level.ERROR, line + " (" + before.times.getAndSet(0) + " more times)");
        }
    }

    /** Writes what has been counted since the last line about it. */
    void logCounted() {
        seen.forEach((line, counted) -> {
            long times = counted.times.getAndSet(0);
            if (times > 0) {
                log.log(Level.ERROR, line + " (" + times + " more times)");
            }
        });
    }
}
