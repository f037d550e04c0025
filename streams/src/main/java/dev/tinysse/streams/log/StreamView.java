package dev.tinysse.streams.log;

import dev.tinysse.streams.model.LineageEpoch;
import dev.tinysse.streams.model.Lineages;
import dev.tinysse.streams.model.Offset;
import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.Resolved;
import dev.tinysse.streams.model.StreamConfig;

/**
 * A stream at one moment. Immutable.
 *
 * @param id of the stream, unique in the store
 * @param config of the stream
 * @param lineages of its offsets
 * @param tail position behind its last byte
 * @param closed whether nothing follows
 * @param gone whether it has been deleted, or has expired
 * @param deadline at which it expires unless it is used before, in milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
public record StreamView(long id, StreamConfig config, Lineages lineages, long tail, boolean closed, boolean gone,
        long deadline) {
    /** {@return the offset of a position} */
    public Offset offset(long position) {
        return lineages.at(position);
    }

    /** {@return the offset of the tail} */
    public Offset tailOffset() {
        return lineages.at(tail);
    }

    /**
     * The position at which a reader requests to begin.
     *
     * @param epoch of the store
     */
    public Resolved resolve(ReadStart start, LineageEpoch epoch) {
        return switch (start) {
            case ReadStart.Beginning _ -> new Resolved.Position(0);
            case ReadStart.Tail _ -> new Resolved.Position(tail);
            case ReadStart.At(Offset offset) -> lineages.resolve(offset, tail, epoch);
        };
    }
}
