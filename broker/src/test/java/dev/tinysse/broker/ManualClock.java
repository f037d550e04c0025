package dev.tinysse.broker;

import dev.tinysse.broker.dispatch.NanoClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until the test moves it. Safe for any thread. */
final class ManualClock implements NanoClock {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanos() {
        return nanos.get();
    }

    void move(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
