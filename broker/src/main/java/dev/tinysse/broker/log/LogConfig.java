package dev.tinysse.broker.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What a log keeps.
 *
 * @param count newest records per channel, at least 0; 0 for a log that keeps nothing
 * @param age older records are dropped; zero for no limit
 * @param size bytes that all that is kept may take; beyond it the oldest of all channels go
 * @param clock for positions and ages
 */
public record LogConfig(int count, Duration age, long size, InstantSource clock) {
    /** Checks the ranges. */
    public LogConfig {
        Objects.requireNonNull(clock);
        if (count < 0 || age.isNegative() || size < 0) {
            throw new IllegalArgumentException(
                    "limits must not be negative: count=%d age=%s size=%d".formatted(count, age, size));
        }
    }
}
