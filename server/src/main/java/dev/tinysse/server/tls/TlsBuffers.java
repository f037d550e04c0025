package dev.tinysse.server.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lends threads the buffers that they need while they encrypt or decrypt, so that connections have none. Any thread may take a set; who
 * has taken one gives it back before it waits for anything.
 */
final class TlsBuffers {
    /** More than a record of the maximum size can have, with its header and tag. */
    static final int RECORD_BYTES = 17 * 1024;
    /** The space for the content of a record, by the TLS engine's estimate: some bytes more than the 16 KiB that it can be. */
    static final int CONTENT_BYTES = RECORD_BYTES;

    private final BlockingQueue<TlsBuffers.Set> sets;

    /** A set of buffers, on the heap, where the ciphers are fastest. */
    static final class Set {
        final ByteBuffer in = ByteBuffer.allocate(2 * RECORD_BYTES);
        final ByteBuffer out = ByteBuffer.allocate(RECORD_BYTES);
        final ByteBuffer content = ByteBuffer.allocate(2 * CONTENT_BYTES);
    }

    /** Keeps so many sets that nobody uses. */
    TlsBuffers(int count) {
        sets = new ArrayBlockingQueue<>(count);
    }

    Set take() {
        Set set = sets.poll();
        return set == null ? new Set() : set;
    }

    void giveBack(Set set) {
        sets.offer(set); // or it is one too many
    }
}
