package dev.tinysse.client.pub;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Limits to a number per second, evenly, without catching up after a slow source. For one thread. */
final class Rate {
    private static final double SECOND = 1e9;
    private final long interval;
    private long next = System.nanoTime();

    Rate(Optional<Double> perSecond) {
        interval = perSecond.map(rate -> (long) (SECOND / rate)).orElse(0L);
    }

    /** Waits for the next turn. */
    void await() {
        if (interval == 0) {
            return;
        }
        long now = System.nanoTime();
        while (next - now > 0) {
            LockSupport.parkNanos(next - now);
            now = System.nanoTime();
        }
        next = Math.max(next, now - interval) + interval;
    }
}
