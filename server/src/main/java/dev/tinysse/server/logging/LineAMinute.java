package dev.tinysse.server.logging;

import java.util.concurrent.TimeUnit;

/** Lets a line of the log be written at once, and then once a minute. For one thread at a time. */
public final class LineAMinute {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long next;

    /**
     * Nothing has been written yet.
     *
     * @param now nanoseconds, as of {@link System#nanoTime}
     */
    public LineAMinute(long now) {
        next = now;
    }

    /**
     * Asks whether to write a line, which then counts as written.
     *
     * @param now nanoseconds, as of {@link System#nanoTime}
     * @return whether none was written in the last minute
     */
    public boolean isDue(long now) {
        if (now - next < 0) {
            return false;
        }
        next = now + PAUSE_NANOS;
        return true;
    }
}
