package dev.tinysse.broker.hooks;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts repeated lines, and writes how often each recurred: at most a line a second. What a line says when it is new is for the
 * caller to write. Safe for any thread.
 */
public final class RepeatedLines {
    private static final int KINDS = 1000;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final Level level;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private static final class Seen {
        final AtomicLong times = new AtomicLong();
        final AtomicLong nextLine = new AtomicLong(System.nanoTime() + PAUSE_NANOS);
    }

    /**
     * Nothing has been written yet.
     *
     * @param log where to write
     * @param level of all lines
     */
    public RepeatedLines(Logger log, Level level) {
        this.log = log;
        this.level = level;
    }

    /**
     * Counts a line.
     *
     * @param line without what differs each time
     * @return whether it is new, and is to be written in full
     */
    public boolean isNew(String line) {
        Seen before = seen.get(line);
        if (before == null) {
            return seen.size() >= KINDS || seen.putIfAbsent(line, new Seen()) == null;
        }
        before.times.incrementAndGet();
        long due = before.nextLine.get();
        if (System.nanoTime() - due >= 0 && before.nextLine.compareAndSet(due, System.nanoTime() + PAUSE_NANOS)) {
            write(line, before.times.getAndSet(0));
        }
        return false;
    }

    /** Writes what has been counted since the last line about it. */
    public void logCounted() {
        seen.forEach((line, counted) -> {
            long times = counted.times.getAndSet(0);
            if (times > 0) {
                write(line, times);
            }
        });
    }

    private void write(String line, long times) {
        log.log(level, line + " (" + times + " more times)");
    }
}
