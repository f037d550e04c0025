package dev.tinysse.luahooks.uuid;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7), each greater than the one before, also when the clock is set back.
 * Safe for any thread.
 */
public final class RisingUuids {

    private static final int COUNTER_BITS = 12;
    private static final long VERSION = 7L << COUNTER_BITS;
    private static final long VARIANT = 1L << 63;

    private final InstantSource clock;
    private final RandomGenerator random;
    /** The milliseconds since 1970 and, in the low bits, a counter: the more significant half but for the version. */
    private long last;

    /** Identifiers with the time of the system and the bits of a {@link SecureRandom}. */
    public RisingUuids() {
        this(InstantSource.system(), new SecureRandom());
    }

    RisingUuids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next one. */
    public UUID next() {
        long time = advance();
        long milliseconds = time >>> COUNTER_BITS;
        long counter = time & (1L << COUNTER_BITS) - 1;
        return new UUID(milliseconds << 16 | VERSION | counter, VARIANT | random.nextLong() >>> 2);
    }

    /** A counter that is full goes on in the next millisecond (RFC 9562, section 6.2, method 1). */
    private synchronized long advance() {
        // half of the counter is random, so that identifiers do not tell how many there are
        long now = clock.millis() << COUNTER_BITS | random.nextInt(1 << COUNTER_BITS - 1);
        last = Math.max(last + 1, now);
        return last;
    }
}
