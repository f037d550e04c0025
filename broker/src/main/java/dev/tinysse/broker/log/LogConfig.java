package dev.tinysse.broker.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * The limits of a log.
 *
 * @param count newest records per channel, at least 0; 0 for a log without history
 * @param age older records are dropped; zero for no limit
 * @param size maximum size of all stored records in bytes; beyond it, the log drops the oldest of all channels
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
