package dev.tinysse.server.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Consumer;

/**
 * Writes responses to a client's channel, and waits for a slow client. For the connection's thread alone.
 *
 * @param client its channel
 * @param sending sees all bytes before they are sent
 */
record ChannelWriter(ClientChannel client, Consumer<byte[]> sending) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        sending.accept(bytes);
        client.send(bytes);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
        write(buffer);
    }
}
