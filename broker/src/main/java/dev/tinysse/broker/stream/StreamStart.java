package dev.tinysse.broker.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters of a request for a stream, beside its channels and the last event id.
 *
 * @param envelope whether each message comes as one line of JSON that names its channel
 * @param presence whether it receives joins and leaves of its channels
 * @param history what of history is sent first to a client without a last event id
 * @param marksReplay whether a comment marks the end of its replay
 * @param compressed whether it is compressed; only if the format can be
 * @param expires when it is ended, whatever it is doing, since its client may not have it any longer; empty for never
 */
public record StreamStart(boolean envelope, boolean presence, FromHistory history, boolean marksReplay,
        boolean compressed, Optional<Instant> expires) {
    /** A stream of plain events, without history. */
    public static final StreamStart PLAIN = new StreamStart(false, false, new FromHistory.Nothing());

    /** Checks that nothing is null. */
    public StreamStart {
        Objects.requireNonNull(history);
        Objects.requireNonNull(expires);
    }

    /**
     * The start of a stream that does not expire.
     *
     * @param envelope whether each message comes as one line of JSON that names its channel
     * @param presence whether it receives joins and leaves of its channels
     * @param history what of history is sent first to a client without a last event id
     */
    public StreamStart(boolean envelope, boolean presence, FromHistory history) {
        this(envelope, presence, history, false, false, Optional.empty());
    }

    /** {@return the same, for a stream with a comment at the end of its replay} */
    public StreamStart markingReplay() {
        return new StreamStart(envelope, presence, history, true, compressed, expires);
    }

    /** {@return the same, for a stream that is compressed} */
    public StreamStart withCompression() {
        return new StreamStart(envelope, presence, history, marksReplay, true, expires);
    }

    /**
     * The same, for a stream that expires.
     *
     * @param at when, by the clock on the wall
     * @return the start
     */
    public StreamStart expiring(Instant at) {
        return new StreamStart(envelope, presence, history, marksReplay, compressed, Optional.of(at));
    }

    /** The part of the history that is sent first. */
    public sealed interface FromHistory {
        /** Nothing of it. */
        record Nothing() implements FromHistory {}

        /**
         * The messages published since.
         *
         * @param age no older than that; the whole history if there is none
         */
        record Since(Optional<Duration> age) implements FromHistory {}

        /**
         * The newest messages of all channels together.
         *
         * @param count 1 to 10000
         */
        record Last(int count) implements FromHistory {}
    }
}
