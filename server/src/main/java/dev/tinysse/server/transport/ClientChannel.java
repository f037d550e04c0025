package dev.tinysse.server.transport;

import dev.tinysse.server.transport.RequestDeadline.Waiting;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;

/**
 * The bytes of a connection, to and from a client that may be slow, silent or gone. For the connection's thread alone, but for
 * {@link #expire} and {@link #close}.
 */
final class ClientChannel {
    private static final int READ_BYTES = 8 * 1024;
    /** What a client may still send that is not listened to any more, so that it gets to see the answer. */
    private static final int LINGER_BYTES = 4 * 1024 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final SocketChannel channel;
    private final ByteBuffer early;
    private final RequestDeadline deadline;
    private final Duration writeTimeout;
    private boolean left;
    private volatile boolean expired;

    /**
     * The bytes on a channel.
     *
     * @param channel blocking
     * @param early what has been read from it already
     * @param deadline how long the client has for what it is at
     * @param writeTimeout how long a client may take no byte of what it is sent
     */
    ClientChannel(SocketChannel channel, ByteBuffer early, RequestDeadline deadline, Duration writeTimeout) {
        this.channel = channel;
        this.early = early;
        this.deadline = deadline;
        this.writeTimeout = writeTimeout;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Waits for bytes from the client; at least one. */
    byte[] receive() {
        if (early.hasRemaining()) {
            return takeEarly();
        }
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        try {
            int length = channel.read(buffer);
            if (length < 0) {
                left = true;
                throw new CloseConnectionException("the client has closed the connection");
            }
            if (expired) {
                throw new CloseConnectionException("the request came too late");
            }
            return Arrays.copyOf(buffer.array(), length);
        } catch (IOException e) {
            throw new CloseConnectionException("the connection broke", e);
        }
    }

    /** What was read before the connection began, as far as nobody has received it. */
    byte[] takeEarly() {
        byte[] bytes = new byte[early.remaining()];
        early.get(bytes);
        return bytes;
    }

    /** Sends bytes, as fast as the client takes them. */
    void send(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        deadline.set(Waiting.FOR_CLIENT, writeTimeout);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
                deadline.set(Waiting.FOR_CLIENT, writeTimeout);
            }
        } catch (IOException e) {
            throw new ServerConnectionException("the connection broke", e);
        } finally {
            deadline.clear();
        }
    }

    /** Sends a last answer in the midst of a request, and lets the client have a while to see it. */
    void sayLast(byte[] answer) {
        deadline.set(Waiting.FOR_CLIENT, LINGER);
        try {
            channel.write(ByteBuffer.wrap(answer));
            channel.shutdownOutput();
        } catch (IOException e) {
            // the client has gone
        }
    }

    /** Ends a connection whose client has been too slow. Any thread. */
    void expire(long now) {
        if (!deadline.hasPassed(now)) {
            return;
        }
        if (deadline.isForRest()) {
            expired = true;
            deadline.set(Waiting.FOR_CLIENT, LINGER);
            Thread.ofVirtual().start(() -> sayLast(ErrorAnswers.REQUEST_TIMEOUT));
        } else {
            close();
        }
    }

    /** Closes the channel so that the client gets to see what was sent to it last. */
    void closeGently() {
        if (!left && channel.isOpen()) {
            deadline.set(Waiting.FOR_CLIENT, LINGER);
            try {
                channel.shutdownOutput();
                ByteBuffer ignored = ByteBuffer.allocate(READ_BYTES);
                for (int all = 0, length; all < LINGER_BYTES; all += length) {
                    length = channel.read(ignored.clear());
                    if (length < 0) {
                        break;
                    }
                }
            } catch (IOException e) {
                // the client has gone
            }
        }
        close();
    }

    /** Closes the channel at once. Any thread. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is of no use to anybody any more, whether it closed or not
        }
    }
}
