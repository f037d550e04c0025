package dev.tinysse.streams.model;

import java.util.Optional;

/** A request to write. */
public sealed interface StreamRequest {
    /**
     * Create a stream.
     *
     * @param config of the stream; of a fork without a type that of the source, and the same for the expiry
     * @param typed whether the type was stated
     * @param fork what it states of a fork; empty otherwise
     * @param data its first bytes, as they are stored; may be empty
     * @param close whether no more follow
     */
    record Create(StreamConfig config, boolean typed, Optional<ForkRequest> fork, byte[] data, boolean close)
            implements
                StreamRequest {}

    /**
     * Append bytes, or close the stream, or both.
     *
     * @param id of the stream, if it has to be that one; 0 for any
     * @param type of the bytes; empty if there are none, and none was stated
     * @param data the bytes, as they are stored; may be empty if the stream is to be closed
     * @param producer that sends them
     * @param seq sequence of the writer
     * @param close whether no more follow
     */
    record Append(long id, Optional<ContentType> type, byte[] data, Optional<Producer> producer, Optional<String> seq,
            boolean close) implements StreamRequest {}

    /** Delete the stream. */
    record Delete() implements StreamRequest {}
}
