package dev.tinysse.server.transport;

import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.server.transport.threads.ConnectionThread;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The bytes of a connection, to and from a client that may be slow, silent or gone. For the connection's thread alone, but for
 * {@link #expire} and {@link #close}. One thread at a time may write, and {@link ConnectionState} says which.
 */
final class ClientChannel {
    /** Sizes of the read buffer: of a read that may wait for long, and of one after a read that has filled its buffer. */
    private static final int READ_BYTES = 2 * 1024;
    private static final int MORE_BYTES = 8 * 1024;
    private static final byte[] INTERIM = "HTTP/1.1 1".getBytes(StandardCharsets.US_ASCII);

    private final StreamChannel channel;
    private final ConnectionThread thread;
    private final ByteBuffer early;
    private final ConnectionState state;
    private final Supplier<byte[]> requestTimeout;
    private final ClosingChannels closing;
    private final CountDownLatch timeoutSent = new CountDownLatch(1);
    private boolean left;
    private boolean more;

    /**
     * The bytes on a channel.
     *
     * @param channel the client's
     * @param thread waits for the channel
     * @param early what has been read from it already
     * @param state of the connection
     * @param requestTimeout the response to a request that does not come in time, whole; asked on another thread
     * @param closing closes the channel in the end
     */
    ClientChannel(StreamChannel channel, ConnectionThread thread, ByteBuffer early, ConnectionState state,
            Supplier<byte[]> requestTimeout, ClosingChannels closing) {
        this.channel = channel;
        this.thread = thread;
        this.early = early;
        this.state = state;
        this.requestTimeout = requestTimeout;
        this.closing = closing;
    }

    StreamChannel channel() {
        return channel;
    }

    /** Waits for bytes from the client, at least one. */
    byte[] receive() {
        if (early.hasRemaining()) {
            return takeEarly();
        }
        try {
            if (state.phase() == ConnectionState.Phase.AWAITING_REQUEST && !channel.hasInput()) {
                thread.awaitRequest();
            }
            ByteBuffer buffer = ByteBuffer.allocate(more ? MORE_BYTES : READ_BYTES);
            int length = channel.read(buffer);
            while (length == 0) {
                thread.await(SelectionKey.OP_READ);
                length = channel.read(buffer);
            }
            more = !buffer.hasRemaining();
            if (length < 0) {
                left = true;
                throw new CloseConnectionException("the client has closed the connection");
            }
            return Arrays.copyOf(buffer.array(), length);
        } catch (IOException e) {
            throw new CloseConnectionException("the connection broke", e);
        }
    }

    /** The bytes that were read before the connection began and that nobody has received yet. */
    byte[] takeEarly() {
        byte[] bytes = new byte[early.remaining()];
        early.get(bytes);
        return bytes;
    }

    /**
     * Sends a response, or part of one, as fast as the client takes it. On the event loop, after the other requests there have come as
     * far: clients that are written to one right after the other need not be woken for each response, which takes as long as the write.
     */
    void send(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean complete = state.phase() == ConnectionState.Phase.HANDLING;
        if (!complete) {
            state.writing();
        }
        try {
            thread.letOthersRun();
            channel.write(buffer);
            if (complete && !buffer.hasRemaining() && channel.pending() == 0) {
                return; // nothing has to watch over a response that the system has taken at once
            }
            while (buffer.hasRemaining() || channel.pending() > 0) {
                state.writing();
                thread.await(SelectionKey.OP_WRITE);
                sendMore(buffer);
            }
        } catch (IOException e) {
            throw new ServerConnectionException("the connection broke", e);
        }
        if (isInterim(bytes)) {
            state.interimResponseWritten();
        } else {
            state.responseWritten();
        }
    }

    private void sendMore(ByteBuffer buffer) throws IOException {
        if (channel.pending() > 0) {
            channel.flush();
        }
        if (channel.pending() == 0) {
            channel.write(buffer);
        }
    }

    /**
     * Carries out a handshake, off the event loop.
     *
     * @param notTls the complete response to a client that speaks another protocol
     */
    void shakeHands(Handshake handshake, Supplier<byte[]> notTls) {
        try {
            for (int operation = handshake.step(); operation != 0; operation = handshake.step()) {
                if (operation < 0) {
                    channel.socket().write(ByteBuffer.wrap(notTls.get())); // it fits, or the client does not read
                    throw new CloseConnectionException("the client does not speak TLS");
                }
                thread.await(operation);
                thread.leaveLoop();
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the handshake failed: " + e.getMessage(), e);
        }
        state.handshakeComplete();
    }

    /** Closes the channel, or sends the 408, if the client has been too slow. Any thread. */
    void expire() {
        switch (state.expire()) {
            case RESPOND -> respond();
            case CLOSE -> close();
            case NOTHING -> {
                // it is in time
            }
        }
    }

    private void respond() {
        try {
            Thread.ofVirtual().name("tinysse-408").start(this::sendRequestTimeout);
        } catch (RuntimeException | Error e) {
            timeoutSent.countDown();
            throw e;
        }
    }

    /** Sends the 408. The connection's thread does not write any more, and waits for this before it closes the channel. */
    private void sendRequestTimeout() {
        try {
            channel.write(ByteBuffer.wrap(requestTimeout.get())); // it fits, or the client does not read
            channel.endOutput();
        } catch (IOException e) {
            // the client has gone
        } finally {
            timeoutSent.countDown();
        }
    }

    /** Closes the channel so that the client receives the last response. */
    void closeGently() {
        state.closing();
        try {
            if (state.phase() == ConnectionState.Phase.TIMED_OUT) {
                timeoutSent.await();
            }
            if (!left && channel.socket().isOpen()) {
                thread.release();
                closing.linger(channel);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private static boolean isInterim(byte[] bytes) {
        return bytes.length >= INTERIM.length
                && Arrays.equals(bytes, 0, INTERIM.length, INTERIM, 0, INTERIM.length);
    }

    /** Closes the channel at once. Any thread. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is left to do, whether it closed or not
        }
        thread.closed();
    }
}
