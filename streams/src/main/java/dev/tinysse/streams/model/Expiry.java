package dev.tinysse.streams.model;

import java.time.Instant;

/** When a stream is deleted by itself. */
public sealed interface Expiry {
    /** Not before a client deletes it. */
    record Never() implements Expiry {}

    /**
     * When it has neither been read nor written for a time.
     *
     * @param seconds at least 0
     */
    record Ttl(long seconds) implements Expiry {}

    /**
     * At a moment.
     *
     * @param at the moment
     */
    record At(Instant at) implements Expiry {}

    /**
     * The deadline of a stream.
     *
     * @param touched when it has been read or written last, in milliseconds since 1970
     * @return in milliseconds since 1970; {@link Long#MAX_VALUE} for never
     */
    default long deadline(long touched) {
        return switch (this) {
            case Never _ -> Long.MAX_VALUE;
            case Ttl(long seconds) -> seconds > (Long.MAX_VALUE - touched) / 1000
                    ? Long.MAX_VALUE
                    : touched + seconds * 1000;
            case At(Instant at) -> at.toEpochMilli();
        };
    }
}
