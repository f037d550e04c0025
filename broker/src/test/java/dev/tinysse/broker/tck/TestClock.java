package dev.tinysse.broker.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until the test moves it. Safe for any thread. */
public final class TestClock implements InstantSource {
    private final AtomicLong millis = new AtomicLong(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli());

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    /**
     * Moves it.
     *
     * @param duration forwards, or backwards if negative
     */
    public void move(Duration duration) {
        millis.addAndGet(duration.toMillis());
    }
}
