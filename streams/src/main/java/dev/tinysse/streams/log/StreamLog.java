package dev.tinysse.streams.log;

import dev.tinysse.streams.model.StreamRequest;

/**
 * Stores durable streams. The order of all writes is made here, and a request is decided about where that happens: what
 * {@link dev.tinysse.streams.model.StreamState} decides, and what it is stored as, is one step. Any thread may call any method.
 */
public interface StreamLog extends AutoCloseable {
    /**
     * Creates a stream.
     *
     * @param name of the stream
     */
    Written create(String name, StreamRequest.Create request);

    /**
     * Appends to a stream, or closes it, or both.
     *
     * @param name of the stream
     */
    Written append(String name, StreamRequest.Append request);

    /**
     * Deletes a stream.
     *
     * @param name of the stream
     */
    Written delete(String name);

    /**
     * Looks for a stream.
     *
     * @param name of the stream
     */
    Found find(String name);

    /** {@return whether the log drains} */
    boolean isDraining();

    /** Ends all waits, and those that begin later. */
    void drain();

    /** Ends what runs in the background. */
    @Override
    void close();
}
