package dev.tinysse.client.sub;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay before the next attempt to open a stream: random, from none to a limit (full jitter), so that many clients spread.
 * The limit is what the server has said with {@code retry:}, and doubles with each failure in a row. For one thread.
 */
final class Backoff {
    /** Without a {@code retry:}. */
    private static final long DEFAULT_RETRY = Duration.ofSeconds(1).toMillis();
    /** Where a server says 0, and is away. */
    private static final long MIN_LIMIT = 100;
    private static final long MAX_RETRY = Duration.ofDays(1).toMillis();
    private static final long MAX_LIMIT = Duration.ofSeconds(30).toMillis();
    private static final long MAX_WAIT = Duration.ofMinutes(10).toMillis();
    private static final int MAX_DOUBLINGS = 12;

    private final RandomGenerator random;
    private long retry = DEFAULT_RETRY;
    private long notBefore;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The server has said how long to wait, in milliseconds; longer than a day is a day. */
    void retry(long millis) {
        retry = Math.min(millis, MAX_RETRY);
    }

    /** A stream was had: failures no longer count. */
    void opened() {
        failures = 0;
    }

    /** The server has refused, and said how long to wait at least. */
    void notBefore(Duration wait) {
        notBefore = Math.min(wait.toMillis(), MAX_WAIT);
    }

    /** How long to wait this time. */
    Duration next() {
        long base = Math.max(MIN_LIMIT, retry);
        long limit = Math.max(base, Math.min(MAX_LIMIT, base << Math.min(failures, MAX_DOUBLINGS)));
        failures++;
        long wait = notBefore + random.nextLong(limit + 1);
        notBefore = 0;
        return Duration.ofMillis(wait);
    }
}
