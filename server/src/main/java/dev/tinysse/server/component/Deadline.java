package dev.tinysse.server.component;

import java.time.Duration;

/**
 * The end of a time budget. Immutable.
 *
 * @param budget the time that there was at the beginning
 * @param end as of {@link System#nanoTime}
 */
public record Deadline(Duration budget, long end) {
    /** A budget that begins now. */
    public static Deadline in(Duration budget) {
        return new Deadline(budget, System.nanoTime() + budget.toNanos());
    }

    /** {@return the time that is left, not negative} */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** {@return the time that is left, and this at most} */
    public Duration left(Duration max) {
        Duration left = left();
        return left.compareTo(max) < 0 ? left : max;
    }
}
