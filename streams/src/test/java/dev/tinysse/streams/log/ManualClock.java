package dev.tinysse.streams.log;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that is set. */
final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(long millis) {
        now = now.plusMillis(millis);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
