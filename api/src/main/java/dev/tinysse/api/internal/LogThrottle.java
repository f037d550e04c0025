package dev.tinysse.api.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Limits lines of the log that recur, by their kind: the first of a kind is due at once. Safe for any thread. */
public final class LogThrottle {
    private static final int KINDS = 1000;
    private static final String ONLY_KIND = "";
    /** Half of the range of the clock, which wraps. */
    private static final long EVER = Long.MAX_VALUE / 2;

    private final Rule rule;
    private final long nanos;
    private final LongSupplier clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private enum Rule {
        INTERVAL, BURST, ONCE
    }

    private static final class Seen {
        final AtomicLong due;
        final AtomicLong withheld = new AtomicLong();

        Seen(long due) {
            this.due = new AtomicLong(due);
        }
    }

    private LogThrottle(Rule rule, long nanos, LongSupplier clock) {
        this.rule = rule;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * At most one line of each kind per interval; beyond a thousand kinds, all lines.
     *
     * @param interval positive
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    public static LogThrottle perInterval(Duration interval, LongSupplier clock) {
        return new LogThrottle(Rule.INTERVAL, interval.toNanos(), clock);
    }

    /**
     * The first line of each burst of a kind; beyond a thousand kinds, all lines.
     *
     * @param end time without such a line after which a burst is over, positive
     * @param clock nanoseconds, as of {@link System#nanoTime}
     */
    public static LogThrottle perBurst(Duration end, LongSupplier clock) {
        return new LogThrottle(Rule.BURST, end.toNanos(), clock);
    }

    /** One line of each kind, of a thousand kinds at most. */
    public static LogThrottle once() {
        return new LogThrottle(Rule.ONCE, EVER, System::nanoTime);
    }

    /** {@return whether a line is due, where there is one kind only; it then counts as written, otherwise as withheld} */
    public boolean isDue() {
        return isDue(ONLY_KIND);
    }

    /**
     * Counts a line, as written if it is due, otherwise as withheld.
     *
     * @param kind what recurs, not null
     * @return whether it is due
     */
    public boolean isDue(String kind) {
        Seen before = seen.get(kind);
        return before == null ? isNew(kind) : isDue(before);
    }

    private boolean isNew(String kind) {
        return seen.size() >= KINDS ? rule != Rule.ONCE : seen.putIfAbsent(kind, new Seen(next())) == null;
    }

    private boolean isDue(Seen before) {
        before.withheld.incrementAndGet();
        long now = clock.getAsLong();
        long due = before.due.get();
        if (now - due < 0) {
            if (rule == Rule.BURST) {
                before.due.set(now + nanos);
            }
            return false;
        }
        return before.due.compareAndSet(due, now + nanos);
    }

    private long next() {
        return clock.getAsLong() + nanos;
    }

    /**
     * Logs a text if its kind is new. A due line of a known kind has the kind and the number of lines since the last one.
     *
     * @param log where to write
     * @param level of the line
     * @param kind what recurs of the text, in one line
     * @param text in full, perhaps of several lines
     * @return whether the text was logged
     */
    public boolean log(Logger log, Level level, String kind, String text) {
        Seen before = seen.get(kind);
        if (before == null && isNew(kind)) {
            LogLines.log(log, level, text);
            return true;
        }
        if (before != null && isDue(before)) {
            write(log, level, kind, before.withheld.getAndSet(0));
        }
        return false;
    }

    /** Logs the numbers of the lines withheld by {@link #log}. */
    public void logWithheld(Logger log, Level level) {
        seen.forEach((kind, counted) -> {
            long times = counted.withheld.getAndSet(0);
            if (times > 0) {
                write(log, level, kind, times);
            }
        });
    }

    private static void write(Logger log, Level level, String kind, long times) {
        log.log(level, kind + " (" + times + " more times)");
    }
}
