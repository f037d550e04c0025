package dev.tinysse.lua;

import java.time.Duration;

/**
 * The limits of one call.
 *
 * @param time how long it may run; waiting in a blocking built-in does not count; zero for no limit
 * @param memory how many bytes it may hold, garbage not counted, roughly; 0 for no limit
 */
public record CallLimits(Duration time, long memory) {

    /** No limits. */
    public static final CallLimits NONE = new CallLimits(Duration.ZERO, 0);

    /** @throws IllegalArgumentException if a limit is below 0 */
    public CallLimits {
        if (time.isNegative() || memory < 0) {
            throw new IllegalArgumentException("limits must not be below 0: time=" + time + ", memory=" + memory);
        }
    }
}
