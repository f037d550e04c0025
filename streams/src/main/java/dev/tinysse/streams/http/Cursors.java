package dev.tinysse.streams.http;

import dev.tinysse.api.internal.Digits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The cursors of section 10.1 of the protocol: numbers of intervals, by which caches tell one empty response from the next. Any thread
 * may use them, if it may use the two sources.
 *
 * @param clock what time it is
 * @param random where the distance comes from by which a cursor goes beyond that of the client
 */
record Cursors(InstantSource clock, RandomGenerator random) {
    private static final Instant EPOCH = Instant.parse("2024-10-09T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final int MAX_JITTER_SECONDS = 3600;
    /** Larger ones are no cursors of a server. */
    private static final long MAX = 1_000_000_000_000_000L;

    /**
     * A cursor.
     *
     * @param sent by the client, as it came
     */
    String next(Optional<String> sent) {
        long now = Duration.between(EPOCH, clock.instant()).dividedBy(INTERVAL);
        long known = sent.flatMap(Digits::parse).filter(number -> number < MAX).orElse(-1L);
        if (known < now) {
            return Long.toString(now);
        }
        long jitter = random.nextInt(1, MAX_JITTER_SECONDS + 1) / INTERVAL.toSeconds();
        return Long.toString(known + Math.max(1, jitter));
    }
}
