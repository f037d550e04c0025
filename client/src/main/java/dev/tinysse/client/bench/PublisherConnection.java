package dev.tinysse.client.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that takes one message at a time. For one thread. */
final class PublisherConnection {
    private static final int MAX_RESPONSE = 64 * 1024;
    private static final int STATUS = 9;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE);
    private ByteBuffer request = ByteBuffer.allocate(0);

    PublisherConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Begins to send a message. */
    void send(byte[] bytes) throws IOException {
        request = ByteBuffer.wrap(bytes);
        response.clear();
        proceed();
    }

    /** Sends what the server takes. */
    void proceed() throws IOException {
        channel.write(request);
        key.interestOps(request.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /**
     * Reads on.
     *
     * @return whether the response is whole
     * @throws IOException if the connection has ended
     */
    boolean read() throws IOException {
        int count = channel.read(response);
        if (count < 0) {
            throw new IOException("the connection ended before the response");
        }
        if (count == 0 && !response.hasRemaining()) {
            throw new IOException("a response of over " + MAX_RESPONSE + " bytes");
        }
        return isWhole();
    }

    private boolean isWhole() {
        String text = text();
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
        int field = head.indexOf("\r\ncontent-length:");
        if (field < 0) {
            return !head.contains("\r\ntransfer-encoding:") || text.endsWith("0\r\n\r\n");
        }
        int value = head.indexOf(':', field) + 1;
        return text.length() - end - 4 >= Integer.parseInt(head.substring(value, head.indexOf('\r', value)).strip());
    }

    /** The response so far. */
    String text() {
        return new String(response.array(), 0, response.position(), StandardCharsets.ISO_8859_1);
    }

    /** Whether the response says that the message is taken. */
    boolean isAccepted() {
        return response.position() > STATUS && response.get(STATUS) == '2';
    }

    /** Whether the server ends the connection behind the response. */
    boolean isLast() {
        return text().toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
    }

    void close() throws IOException {
        channel.close();
    }
}
