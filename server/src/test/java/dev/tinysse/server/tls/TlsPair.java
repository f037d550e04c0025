package dev.tinysse.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.server.pem.PemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Both ends of a connection on loopback: the server's channel, and a TLS engine as the client. One thread plays both; neither end waits for
 * the other longer than some seconds.
 */
final class TlsPair implements AutoCloseable {
    private static final TestCertificate CERTIFICATE = TestCertificate.of("EC");
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final SocketChannel client;
    private final SSLEngine engine;
    private final TlsChannel channel;
    private final ByteBuffer records = ByteBuffer.allocate(1 << 20).flip();
    private final StringBuilder content = new StringBuilder();
    private boolean ended;

    /** A connection whose handshake is complete. */
    TlsPair(String protocol) throws IOException {
        this(protocol, engine -> engine);
        handshake();
    }

    /** A connection on which nothing has been sent. The function wraps the server's TLS engine. */
    TlsPair(String protocol, UnaryOperator<SSLEngine> engines) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
            client.connect(listener.getLocalAddress());
            SocketChannel accepted = listener.accept();
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(false);
            ServerTls tls = new ServerTls(Identity.read(CERTIFICATE.cert(), CERTIFICATE.key(),
                    new Identity.Names("--tls-cert", "--tls-key")));
            channel = new TlsChannel(accepted, () -> engines.apply(tls.engine()), new TlsBuffers(2));
        } catch (PemException e) {
            throw new IllegalStateException(e);
        }
        SSLContext context = TlsClient.context();
        engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[]{protocol});
        engine.beginHandshake();
    }

    void handshake() throws IOException {
        long start = System.nanoTime();
        int operation = 1;
        while (operation != 0 || engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            stepOfClient();
            if (operation != 0) {
                operation = channel.handshake();
                assertThat(operation).isNotNegative();
            }
        }
    }

    private void stepOfClient() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> clientSendsBytes(wrap(ByteBuffer.allocate(0)));
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> clientReadsRecord();
            case FINISHED, NOT_HANDSHAKING -> {
                // the server is not ready yet
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    TlsChannel channel() {
        return channel;
    }

    private byte[] wrap(ByteBuffer bytes) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        do {
            SSLEngineResult result = engine.wrap(bytes, out.clear());
            if (bytes.hasRemaining() && result.getStatus() != Status.OK) {
                throw new SSLException("the client cannot send: " + result.getStatus());
            }
            all.write(out.array(), 0, out.position());
            runTasks();
        } while (bytes.hasRemaining());
        return all.toByteArray();
    }

    /** The client's part of the handshake before it waits for the server: nothing, if that is its turn. */
    byte[] clientContinuesHandshake() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean waits = false;
        while (!waits) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> all.write(wrap(ByteBuffer.allocate(0)));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> waits = clientReadsRecord() != Status.OK;
                case FINISHED, NOT_HANDSHAKING -> waits = true;
            }
        }
        return all.toByteArray();
    }

    /** Goes on with the server's handshake until it is complete, or fails. */
    void serverCompletesHandshake() throws IOException {
        await(() -> channel.handshake() == 0);
    }

    /** Sends so much of the bytes as the socket takes at once. */
    void clientTriesToSend(byte[] bytes) throws IOException {
        client.write(ByteBuffer.wrap(bytes));
    }

    /** Sends a FIN. */
    void clientShutsDownOutput() throws IOException {
        client.shutdownOutput();
    }

    /** A record with a text in it, or more if the text is that long. */
    byte[] clientEncrypts(String text) throws IOException {
        return wrap(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    /** Sends a record for each text, all in one write. */
    void clientSends(String... texts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text : texts) {
            all.write(clientEncrypts(text));
        }
        clientSendsBytes(all.toByteArray());
    }

    void clientSendsBytes(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        await(() -> {
            client.write(rest);
            return !rest.hasRemaining();
        });
    }

    /** Sends a key update that asks for one of the server. */
    void clientUpdatesKeys() throws IOException {
        engine.beginHandshake();
        clientSendsBytes(wrap(ByteBuffer.allocate(0)));
    }

    /** Sends a text and a close_notify in one write. */
    void clientEndsOutputBehind(String text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!text.isEmpty()) {
            all.write(clientEncrypts(text));
        }
        engine.closeOutbound();
        all.write(wrap(ByteBuffer.allocate(0)));
        clientSendsBytes(all.toByteArray());
    }

    /** The bytes that the server reads: so many, in as many calls as that takes. */
    String serverReads(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        await(() -> {
            assertThat(channel.read(bytes)).isNotNegative();
            return !bytes.hasRemaining();
        });
        return new String(bytes.array(), US_ASCII);
    }

    boolean serverReadsEnd() throws IOException {
        await(() -> channel.read(ByteBuffer.allocate(100)) < 0);
        return true;
    }

    void serverWrites(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
        await(() -> {
            channel.write(bytes);
            return !bytes.hasRemaining();
        });
    }

    /** Writes until the socket takes no more, and something is pending. */
    void fillTheSocket() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        await(() -> {
            channel.write(bytes.clear());
            return channel.pending() > 0;
        });
    }

    /** The bytes that the client reads: at least so many. */
    String clientReads(int length) throws IOException {
        await(() -> {
            clientReadsRecord();
            return content.length() >= length;
        });
        String read = content.toString();
        content.setLength(0);
        return read;
    }

    /** Decrypts a record, if one has come whole. */
    Status clientReadsRecord() throws IOException {
        receive();
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(records, out);
        runTasks();
        content.append(US_ASCII.decode(out.flip()));
        return result.getStatus();
    }

    /** Decrypts all that has come, and sends what that asks for. */
    void clientReadsWhatThereIs() throws IOException {
        while (clientReadsRecord() == Status.OK) {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                clientSendsBytes(wrap(ByteBuffer.allocate(0)));
            }
        }
    }

    boolean clientReadsEnd() throws IOException {
        await(() -> {
            receive();
            return ended;
        });
        return true;
    }

    private void receive() throws IOException {
        records.compact();
        ended |= client.read(records) < 0;
        records.flip();
    }

    /** Something that is to become true. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long start = System.nanoTime();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(50_000);
        }
    }

    @Override
    public void close() throws IOException {
        channel.socket().close();
        client.close();
    }
}
