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
    /** The header of a record that is too long for any TLS engine. */
    private static final byte[] REJECTED = {HANDSHAKE, 3, 3, -1, -1};
    /** Records without content, of a handshake or key updates for example, before the next one with some: more are an attack. */
    private static final int MAX_EMPTY_RECORDS = 1000;
    /** The bytes that may wait for the client while it makes the TLS engine produce more: a record of a stream, and hundreds of key updates. */
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
            fail(lent);
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
                case NEED_TASK -> {
                    if (!runTasks()) {
                        throw new SSLException("the TLS engine waits for a task and has none");
                    }
                }
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
                    emptyRecords = 0;
                    return 0;
                }
            }
        }
    }

    /** Decrypts one record of the handshake. False if it has not come. */
    private boolean unwrapHandshake(TlsBuffers.Set lent) throws IOException {
        while (true) {
            ByteBuffer in = lent.in.clear().put(received).flip();
            if (RecordHeader.isWhole(in)) {
                SSLEngineResult result = unwrap(in, lent.content.clear());
                keepReceived(in);
                if (result.getStatus() == Status.CLOSED) {
                    throw new EOFException("the client has ended the handshake");
                }
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

    /** Decrypts a record that is there whole. It has come further, or the connection has ended, or this fails. */
    private SSLEngineResult unwrap(ByteBuffer in, ByteBuffer out) throws SSLException {
        SSLEngineResult result;
        try {
            result = engine.unwrap(in, out);
        } catch (RuntimeException e) {
            throw new SSLException("the TLS engine failed: " + e, e);
        }
        requireProgress(result);
        if (result.bytesProduced() == 0 && ++emptyRecords > MAX_EMPTY_RECORDS) {
            throw new SSLException("the client sends records without content");
        }
        return result;
    }

    /** Encrypts a record, or one of the TLS engine's own. It has made progress, or the connection has ended, or this fails. */
    private SSLEngineResult encrypt(ByteBuffer bytes, TlsBuffers.Set lent) throws IOException {
        SSLEngineResult result;
        try {
            result = engine.wrap(bytes, lent.out.clear());
        } catch (RuntimeException e) {
            throw new SSLException("the TLS engine failed: " + e, e);
        }
        send(lent.out.flip());
        requireProgress(result);
        return result;
    }

    /** Fails for any result behind which the same call would have the same result, and for what a whole record cannot lead to. */
    private void requireProgress(SSLEngineResult result) throws SSLException {
        boolean ran = result.getHandshakeStatus() == HandshakeStatus.NEED_TASK && runTasks();
        boolean moved = ran || result.bytesConsumed() + result.bytesProduced() > 0;
        boolean expected = switch (result.getStatus()) {
            case OK -> moved;
            case CLOSED -> true;
            case BUFFER_OVERFLOW, BUFFER_UNDERFLOW -> false;
        };
        if (!expected) {
            throw new SSLException("the TLS engine goes no further: status=" + result.getStatus() + " handshake-status="
                    + result.getHandshakeStatus());
        }
    }

    /** Whether there was a task. */
    private boolean runTasks() throws SSLException {
        boolean ran = false;
        try {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
                ran = true;
            }
        } catch (RuntimeException e) {
            throw new SSLException("the TLS engine failed: " + e, e);
        }
        return ran;
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
        SSLEngineResult result = encrypt(bytes, lent);
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new EOFException("Broken pipe"); // the client has ended the connection
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
                fail(lent);
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
        while (!engine.isInboundDone() && RecordHeader.isWhole(in)) {
            int type = in.get(in.position());
            if (out.remaining() < TlsBuffers.CONTENT_BYTES || type == ALERT && out.position() > 0) {
                return true; // the end is seen when what stands before it has been dealt with
            }
            if (type == HANDSHAKE && engine.getSession().getProtocol().equals("TLSv1.2")) {
                throw new SSLException("the client wants to renegotiate");
            }
            boolean closed = unwrap(in, out).getStatus() == Status.CLOSED;
            respond(lent);
            if (closed) {
                inputEnded = true;
                return false;
            }
        }
        inputEnded |= engine.isInboundDone();
        return false;
    }

    /** Sends what a record asks for: a key update, for example. */
    private void respond(TlsBuffers.Set lent) throws IOException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            if (pending() > MAX_PENDING_BYTES) {
                throw new SSLException("the client does not read the responses that its records ask for");
            }
            if (encrypt(NOTHING, lent).getStatus() == Status.CLOSED) {
                return;
            }
        }
    }

    /**
     * Ends a connection that has failed, with a fatal alert (RFC 8446, section 6.2). A TLS engine that has not failed itself gets a header
     * that it rejects in every state, since it has no other means to send one.
     */
    private void fail(TlsBuffers.Set lent) {
        if (engine == null) {
            return;
        }
        try {
            engine.unwrap(ByteBuffer.wrap(REJECTED), lent.content.clear());
        } catch (SSLException e) {
            // the TLS engine has an alert to send
        }
        engine.closeOutbound();
        sendAlert(lent);
    }

    /** Sends the last records of a closed TLS engine. */
    private void sendAlert(TlsBuffers.Set lent) {
        try {
            while (!engine.isOutboundDone() && encrypt(NOTHING, lent).bytesProduced() > 0) {
                // one record each
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
