package dev.tinysse.broker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What comes in on a stream: usually only its end. One thread only.
 *
 * <p>A client may send its next request early. That is kept, but only so much of it.
 */
final class StreamInput {
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int LIMIT = 16 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    /**
     * Reads what is there.
     *
     * @return false if the client has gone, or sends without end
     */
    boolean read(Stream stream) throws IOException {
        SocketChannel channel = stream.channel;
        int length = channel.read(buffer.clear());
        if (length < 0 || stream.received.remaining() + length > LIMIT) {
            return false;
        }
        if (length > 0) {
            ByteBuffer longer = ByteBuffer.allocate(stream.received.remaining() + length);
            stream.received = longer.put(stream.received).put(buffer.flip()).flip();
        }
        return true;
    }
}
