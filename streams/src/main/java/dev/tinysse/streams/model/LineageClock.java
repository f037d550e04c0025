package dev.tinysse.streams.model;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Numbers that are unique in a store and only grow: microseconds of the clock, and one more where the clock stands still or goes back.
 * Safe for any thread.
 */
public final class LineageClock {
    private final InstantSource clock;
    private final long run;
    private long last;

    /**
     * A clock.
     *
     * @param clock what time it is
     * @param last the largest number that the store has given out before; 0 if none
     */
    public LineageClock(InstantSource clock, long last) {
        this.clock = clock;
        this.last = last;
        this.run = next();
    }

    /** {@return a number larger than all before} */
    public synchronized long next() {
        last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        return last;
    }

    /** {@return the numbers so far} */
    public synchronized LineageEpoch epoch() {
        return new LineageEpoch(run, last);
    }
}
