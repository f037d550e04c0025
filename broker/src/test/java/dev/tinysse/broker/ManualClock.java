package dev.tinysse.broker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock that stands still until the test moves it. Safe for any thread. */
final class ManualClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    void move(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
