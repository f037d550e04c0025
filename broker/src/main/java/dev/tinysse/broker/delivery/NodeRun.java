package dev.tinysse.broker.delivery;

import dev.tinysse.broker.admin.StreamId;

/**
 * This run of this node among others.
 *
 * @param id a part of the ids of its streams
 * @param name how it is called
 * @param startNanos a time of the broker's clock
 * @param startMillis the same time in milliseconds since 1970
 */
public record NodeRun(long id, String name, long startNanos, long startMillis) {
    private static final long NANOS = 1_000_000;

    StreamId streamId(long number) {
        return new StreamId(id, number);
    }

    long millis(long nanos) {
        return startMillis + (nanos - startNanos) / NANOS;
    }
}
