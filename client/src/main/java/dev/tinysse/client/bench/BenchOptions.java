package dev.tinysse.client.bench;

import dev.tinysse.client.http.Address;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a call of {@code tinysse bench}.
 *
 * @param address to publish and to subscribe at, not encrypted
 * @param token who does so; never shown
 * @param streams how many streams to open, at least 1
 * @param rate messages a second, above 0
 * @param duration for how long to publish
 * @param payload bytes of each message's text
 * @param json whether the report is JSON
 */
public record BenchOptions(Address address, Optional<String> token, int streams, double rate, Duration duration,
        int payload, boolean json) {
    /** How many messages that is, at least 1. */
    long messages() {
        return Math.max(1, Math.round(rate * duration.toNanos() / 1e9));
    }

    @Override
    public String toString() {
        return "BenchOptions[address=%s, streams=%d, rate=%s, duration=%s, payload=%d]".formatted(address, streams,
                rate,
                duration, payload);
    }
}
