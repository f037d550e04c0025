package dev.tinysse.server.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes responses to a connection's channel, and waits for a slow client. For the connection's thread alone. */
record ChannelWriter(Connection connection) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            connection.write(buffer);
        }
    }

    @Override
    public void write(BufferData buffer) {
        connection.write(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
        connection.write(buffer);
    }
}
