package dev.tinysse.server.http;

import dev.tinysse.api.internal.LogThrottle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets only so many streams in at a time, and logs once per burst that it turns others away. Safe for any thread.
 */
final class Admission {
    private static final Logger LOG = System.getLogger("tinysse");
    /** A burst is over after this time without a rejection: longer than the reconnection delay of rejected clients. */
    private static final Duration BURST_END = Duration.ofMinutes(1);

    private final int limit;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong turnedAway = new AtomicLong();
    private final LogThrottle throttle;

    /** No limit if it is 0. */
    Admission(int limit) {
        this(limit, System::nanoTime);
    }

    Admission(int limit, LongSupplier clock) {
        this.limit = limit;
        this.throttle = LogThrottle.perBurst(BURST_END, clock);
    }

    boolean tryEnter() {
        if (inside.incrementAndGet() > limit && limit > 0) {
            inside.decrementAndGet();
            turnedAway();
            return false;
        }
        return true;
    }

    void leave() {
        inside.decrementAndGet();
    }

    private void turnedAway() {
        long total = turnedAway.incrementAndGet();
        if (throttle.isDue()) {
            LOG.log(Level.WARNING,
                    "max-subscribers reached, new streams are rejected (logged once per burst): "
                            + "max-subscribers=%d rejected-total=%d".formatted(limit, total));
        }
    }
}
