package dev.tinysse.streams.model;

import java.util.Optional;

/**
 * One write to a stream: its data, and what becomes of the stream's state, together. The state is a fold over them
 * ({@link StreamState#apply}).
 */
public sealed interface StreamRecord {
    /**
     * The stream exists from now on.
     *
     * @param id of the stream, unique in the store
     * @param config of the stream
     * @param origin of a fork; empty otherwise
     * @param level number of sources, and sources of sources, of a fork; 0 otherwise
     * @param lineages that a fork inherits
     * @param initial its first bytes, perhaps none, and whether it is closed at once
     */
    record Created(long id, StreamConfig config, Optional<ForkOrigin> origin, int level, Lineages lineages,
            Appended initial) implements StreamRecord {}

    /**
     * The stream has more bytes, or is closed, or both.
     *
     * @param data the bytes, as they are stored; may be empty
     * @param lineage of these bytes if it is a new one; 0 otherwise
     * @param producer that sent them
     * @param seq sequence of the writer
     * @param close whether no more follow
     */
    record Appended(byte[] data, long lineage, Optional<Producer> producer, Optional<String> seq, boolean close)
            implements
                StreamRecord {}

    /** The stream is deleted. Forks of it go on. */
    record Deleted() implements StreamRecord {}

    /**
     * The number of forks changes.
     *
     * @param change 1 or -1
     */
    record Forked(int change) implements StreamRecord {}
}
