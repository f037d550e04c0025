package dev.tinysse.streams.log;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes of a stream, as they are stored. The buffers must not be changed.
 *
 * @param from position of the first byte
 * @param to position behind the last one; of JSON the end of a message, of text no position inside a character
 * @param parts the bytes
 * @param ends where appends end, and {@code to}; empty unless they were requested
 * @param stream as it was when the page was read
 */
public record Page(long from, long to, List<ByteBuffer> parts, long[] ends, StreamView stream) {
    /** {@return whether there is nothing behind the page} */
    public boolean isUpToDate() {
        return to == stream.tail();
    }

    /** {@return whether nothing will ever be behind the page} */
    public boolean isEnd() {
        return stream.closed() && isUpToDate();
    }

    /** {@return whether there are no bytes} */
    public boolean isEmpty() {
        return from == to;
    }

    /** {@return the bytes in one array} */
    public byte[] toArray() {
        byte[] all = new byte[(int) (to - from)];
        int at = 0;
        for (ByteBuffer part : parts) {
            int length = part.remaining();
            part.get(part.position(), all, at, length);
            at += length;
        }
        return all;
    }
}
