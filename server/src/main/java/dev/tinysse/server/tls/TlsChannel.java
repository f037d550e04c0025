package dev.tinysse.server.tls;

import dev.tinysse.broker.stream.StreamChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A connection that speaks TLS. It holds what the socket has not taken, and what has come in of a record that is not complete; all
 * other buffers are lent for the time of a call. Its methods exclude each other, and none waits for the client.
 */
final class TlsChannel implements StreamChannel {
    private static final byte[] NONE = new byte[0];
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    /** Records without content, key updates for example, before the next one with some: beyond that a client is up to no good. */
    private static final int MAX_EMPTY_RECORDS = 1000;
    /** What may wait for the client while it makes the engine say more: a record of a stream, and hundreds of key updates. */
    private static final int MAX_PENDING_BYTES = 2 * TlsBuffers.RECORD_BYTES;

    private final SocketChannel socket;
    private final Supplier<SSLEngine> engines;
    private final TlsBuffers buffers;
    /** Null until the first byte has come: a client that says nothing needs none. */
    private SSLEngine engine;
    private byte[] unsent = NONE;
    private int sent;
    /** Of records that have not been decrypted. */
    private byte[] received = NONE;
    private byte[] content = NONE;
    private int contentRead;
    /** Whether what has been received may have a whole record in it. */
    private boolean recordReceived;
    private boolean inputEnded;
    private boolean endReported;
    private int emptyRecords;

    TlsChannel(SocketChannel socket, Supplier<SSLEngine> engines, TlsBuffers buffers) {
        this.socket = socket;
        this.engines = engines;
        this.buffers = buffers;
    }

    @Override
    public SocketChannel socket() {
        return socket;
    }

    @Override
    public boolean isEncrypted() {
        return true;
    }

    /**
     * Goes on with the handshake as far as that is possible.
     *
     * @return the operation of {@link SelectionKey} that it waits for; 0 when it is complete, and below 0 if the client does not speak
     *         TLS at all
     * @throws IOException if it has failed
     */
    synchronized int handshake() throws IOException {
        TlsBuffers.Set lent = buffers.take();
        try {
            return engine == null && !begin(lent) ? firstOperation() : handshake(lent);
        } catch (SSLException e) {
            sendAlert(lent);
            throw e;
        } finally {
            buffers.giveBack(lent);
        }
    }

    private boolean begin(TlsBuffers.Set lent) throws IOException {
        receive(lent);
        if (received.length == 0 || received[0] != HANDSHAKE && received[0] > 0) {
            return false;
        }
        engine = engines.get();
        engine.beginHandshake();
        return true;
    }

    private int firstOperation() throws IOException {
        if (inputEnded) {
            throw new EOFException("the client has left");
        }
        return received.length == 0 ? SelectionKey.OP_READ : -1;
    }

    private int handshake(TlsBuffers.Set lent) throws IOException {
        while (true) {
            if (isBlocked()) {
                return SelectionKey.OP_WRITE;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(NOTHING, lent);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrapHandshake(lent)) {
                        return SelectionKey.OP_READ;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    if (engine.isOutboundDone() || engine.isInboundDone()) {
                        throw new EOFException("the client has ended the handshake");
                    }
                    return 0;
                }
            }
        }
    }

    /** Decrypts one record of the handshake. False if it has not come. */
    private boolean unwrapHandshake(TlsBuffers.Set lent) throws IOException {
        while (true) {
            ByteBuffer in = lent.in.clear().put(received).flip();
            SSLEngineResult result = engine.unwrap(in, lent.content.clear());
            keepReceived(in);
            if (result.getStatus() == Status.CLOSED) {
                throw new EOFException("the client has ended the handshake");
            }
            if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                recordReceived = received.length > 0;
                return true;
            }
            int before = received.length;
            receive(lent);
            if (received.length == before) {
                if (inputEnded) {
                    throw new EOFException("the client has left");
                }
                return false;
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Adds what the socket has to what has been received. */
    private void receive(TlsBuffers.Set lent) throws IOException {
        ByteBuffer in = lent.in.clear().put(received);
        inputEnded |= socket.read(in) < 0;
        keepReceived(in.flip());
    }

    private void keepReceived(ByteBuffer in) {
        if (in.hasRemaining()) {
            received = new byte[in.remaining()];
            in.get(received);
        } else {
            received = NONE;
        }
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
        if (isBlocked()) {
            return 0;
        }
        int before = bytes.remaining();
        TlsBuffers.Set lent = buffers.take();
        try {
            while (bytes.hasRemaining() && pending() == 0) {
                wrap(bytes, lent);
            }
        } finally {
            buffers.giveBack(lent);
        }
        return before - bytes.remaining();
    }

    /** Whether the socket does not take what is pending. */
    private boolean isBlocked() throws IOException {
        if (pending() > 0) {
            flush();
        }
        return pending() > 0;
    }

    /** Encrypts one record, and sends what the socket takes of it. */
    private void wrap(ByteBuffer bytes, TlsBuffers.Set lent) throws IOException {
        SSLEngineResult result = engine.wrap(bytes, lent.out.clear());
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new EOFException("Broken pipe"); // the client has ended the connection
        }
        send(lent.out.flip());
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
    }

    private void send(ByteBuffer out) throws IOException {
        if (pending() == 0) {
            socket.write(out);
        }
        if (out.hasRemaining()) {
            int left = pending();
            byte[] longer = Arrays.copyOfRange(unsent, sent, sent + left + out.remaining());
            out.get(longer, left, out.remaining());
            unsent = longer;
            sent = 0;
        }
    }

    @Override
    public int pending() {
        return unsent.length - sent;
    }

    @Override
    public synchronized int flush() throws IOException {
        int length = socket.write(ByteBuffer.wrap(unsent, sent, unsent.length - sent));
        sent += length;
        if (sent == unsent.length) {
            unsent = NONE;
            sent = 0;
        }
        return length;
    }

    @Override
    public synchronized int read(ByteBuffer into) throws IOException {
        if (contentRead == content.length) {
            TlsBuffers.Set lent = buffers.take();
            try {
                decrypt(lent);
            } catch (SSLException e) {
                sendAlert(lent);
                throw e;
            } finally {
                buffers.giveBack(lent);
            }
        }
        int length = Math.min(into.remaining(), content.length - contentRead);
        into.put(content, contentRead, length);
        contentRead += length;
        if (contentRead == content.length) {
            content = NONE;
            contentRead = 0;
        }
        endReported = length == 0 && inputEnded && !recordReceived;
        return endReported ? -1 : length;
    }

    @Override
    public boolean hasInput() {
        return content.length > 0 || recordReceived || inputEnded && !endReported;
    }

    /** Decrypts what has come, and reads from the socket if that is nothing whole. */
    private void decrypt(TlsBuffers.Set lent) throws IOException {
        if (!recordReceived && !inputEnded) {
            receive(lent);
        }
        ByteBuffer in = lent.in.clear().put(received).flip();
        ByteBuffer out = lent.content.clear();
        try {
            recordReceived = decrypt(in, out, lent);
        } finally {
            keepReceived(in);
        }
        if (out.flip().hasRemaining()) {
            content = new byte[out.remaining()];
            out.get(content);
            contentRead = 0;
            emptyRecords = 0;
        }
    }

    /** Decrypts as many records as there is room for. Whether there may be more. */
    private boolean decrypt(ByteBuffer in, ByteBuffer out, TlsBuffers.Set lent) throws IOException {
        while (in.hasRemaining() && !engine.isInboundDone()) {
            int type = in.get(in.position());
            if (out.remaining() < TlsBuffers.CONTENT_BYTES || type == ALERT && out.position() > 0) {
                return true; // the end is seen when what stands before it has been dealt with
            }
            if (type == HANDSHAKE && engine.getSession().getProtocol().equals("TLSv1.2")) {
                throw new SSLException("the client wants to renegotiate");
            }
            SSLEngineResult result = engine.unwrap(in, out);
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                return false;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                throw new SSLException("the client sends a record that is too long");
            }
            if (result.bytesProduced() == 0 && ++emptyRecords > MAX_EMPTY_RECORDS) {
                throw new SSLException("the client sends records without content");
            }
            respond(result, lent);
        }
        inputEnded |= engine.isInboundDone();
        return false;
    }

    /** Sends what a record asks for: a key update, for example. */
    private void respond(SSLEngineResult result, TlsBuffers.Set lent) throws IOException {
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (pending() > MAX_PENDING_BYTES) {
                throw new SSLException("the client does not read the responses that its records ask for");
            }
            SSLEngineResult wrapped = engine.wrap(NOTHING, lent.out.clear());
            send(lent.out.flip());
            if (wrapped.bytesProduced() == 0) {
                return;
            }
        }
    }

    private void sendAlert(TlsBuffers.Set lent) {
        try {
            while (engine != null && !engine.isOutboundDone()
                    && engine.wrap(NOTHING, lent.out.clear()).bytesProduced() > 0) {
                send(lent.out.flip());
            }
        } catch (IOException e) {
            // the client has gone, or the alert itself is what failed
        }
    }

    @Override
    public synchronized void endOutput() throws IOException {
        endEngine();
        socket.shutdownOutput();
    }

    private void endEngine() {
        if (engine == null) {
            return;
        }
        engine.closeOutbound();
        TlsBuffers.Set lent = buffers.take();
        try {
            sendAlert(lent);
        } finally {
            buffers.giveBack(lent);
        }
    }

    @Override
    public void close() throws IOException {
        if (socket.isOpen()) {
            endOnce();
        }
        socket.close();
    }

    private synchronized void endOnce() {
        if (socket.isOpen() && !socket.isBlocking()) {
            endEngine();
        }
    }
}
