package dev.tinysse.broker.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The channel of a connection without TLS: the socket itself.
 *
 * @param socket connected
 */
public record PlainChannel(SocketChannel socket) implements StreamChannel {
    @Override
    public boolean isEncrypted() {
        return false;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        return socket.write(bytes);
    }

    @Override
    public int pending() {
        return 0;
    }

    @Override
    public int flush() {
        return 0;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public boolean hasInput() {
        return false;
    }

    @Override
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
