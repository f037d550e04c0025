package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.StreamChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads what clients send on a stream: usually only its end. One thread only.
 *
 * <p>A client may send its next request early. The bytes are buffered, up to a limit.
 */
final class StreamInput {
    private static final int LIMIT = 16 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    /**
     * Reads what is there.
     *
     * @return why the stream has to end, if the client has gone, or sends without end
     */
    Optional<EndReason> read(Stream stream) throws IOException {
        Optional<EndReason> end = readOnce(stream);
        while (end.isEmpty() && stream.channel.hasInput()) {
            end = readOnce(stream);
        }
        return end;
    }

    private Optional<EndReason> readOnce(Stream stream) throws IOException {
        StreamChannel channel = stream.channel;
        int length = channel.read(buffer.clear());
        if (length < 0) {
            return Optional.of(EndReason.CLIENT_LEFT);
        }
        if (stream.received.remaining() + length > LIMIT) {
            return Optional.of(EndReason.SENDS_TOO_MUCH);
        }
        if (length > 0) {
            ByteBuffer longer = ByteBuffer.allocate(stream.received.remaining() + length);
            stream.received = longer.put(stream.received).put(buffer.flip()).flip();
        }
        return Optional.empty();
    }
}
