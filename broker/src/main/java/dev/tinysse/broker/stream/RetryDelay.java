package dev.tinysse.broker.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The reconnection delay of a client: a random time between two bounds, so that not all reconnect at once. Immutable.
 *
 * @param minMillis the least it waits, in milliseconds, at least 0
 * @param maxMillis the most it waits, in milliseconds, at least {@code minMillis}
 */
public record RetryDelay(long minMillis, long maxMillis) {
    /** The maximum rate, in clients per second, at which clients reconnect after a shutdown. */
    private static final int RETURNS_PER_SECOND = 2000;
    private static final long FIRST_RETURN_MILLIS = 1000;

    /** Checks the bounds. */
    public RetryDelay {
        if (minMillis < 0 || maxMillis < minMillis) {
            throw new IllegalArgumentException("bounds must be in order and not negative: minMillis=%d maxMillis=%d"
                    .formatted(minMillis, maxMillis));
        }
    }

    /**
     * The same for everybody.
     *
     * @param time not negative
     * @return the delay
     */
    public static RetryDelay of(Duration time) {
        return new RetryDelay(time.toMillis(), time.toMillis());
    }

    /** After a stop that has ended this many streams. */
    public static RetryDelay afterStop(int streams) {
        return new RetryDelay(FIRST_RETURN_MILLIS,
                2 * FIRST_RETURN_MILLIS + streams * 1000L / RETURNS_PER_SECOND);
    }

    /** {@return the time for one client, in milliseconds} */
    public long nextMillis() {
        return minMillis + ThreadLocalRandom.current().nextLong(maxMillis - minMillis + 1);
    }
}
