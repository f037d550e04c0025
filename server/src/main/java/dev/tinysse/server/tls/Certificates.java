package dev.tinysse.server.tls;

import dev.tinysse.api.internal.Sha256;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.server.component.Reloadable;
import dev.tinysse.server.component.StartException;
import dev.tinysse.server.pem.PemException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The server's certificate and key, out of files that are read again when they change. Connections keep what they have begun with. A
 * pair that cannot be used changes nothing; each version of such a pair is logged once. Safe for any thread.
 */
public final class Certificates implements Reloadable {
    /** Between two looks at the files. */
    public static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Logger LOG = System.getLogger("tinysse");
    /** Certificate and key are two files, and one of them is written first. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Path cert;
    private final Path key;
    private final Identity.Names names;
    private final TlsBuffers buffers = new TlsBuffers(2 * Runtime.getRuntime().availableProcessors());
    private volatile ServerTls current;
    /** A digest of what is in use. */
    private byte[] read;
    /** Of the last look, if that has been logged: the digest of the files, if they could be read, and what is wrong with them. */
    private Optional<Failure> failure = Optional.empty();

    /** Files that cannot be used. */
    private record Failure(String digest, String text) {}

    /** The content of the two files. */
    private record Texts(String cert, String key) {
        byte[] digest() {
            return Sha256.of((cert.length() + ":" + cert).getBytes(StandardCharsets.ISO_8859_1),
                    key.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * Reads the files.
     *
     * @param cert file with the certificate and its chain
     * @param key file with the private key
     * @throws StartException if they cannot be used
     */
    public static Certificates open(Path cert, Path key) throws StartException {
        try {
            return new Certificates(cert, key);
        } catch (PemException e) {
            throw new StartException(e.getMessage());
        }
    }

    Certificates(Path cert, Path key) throws PemException {
        this.cert = cert;
        this.key = key;
        this.names = new Identity.Names("--tls-cert " + cert, "--tls-key " + key);
        Texts texts = texts();
        this.read = texts.digest();
        this.current = use(texts);
    }

    /**
     * A connection that speaks TLS.
     *
     * @param socket that has just been accepted
     * @return the connection, of which {@link TlsConnection#handshake} is to be called first
     */
    public TlsConnection connection(SocketChannel socket) {
        TlsChannel channel = new TlsChannel(socket, () -> current.engine(), buffers);
        return new TlsConnection(channel, channel::handshake);
    }

    /**
     * Reads the files again if they have changed, and waits for a moment if only one of them has.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void look() throws InterruptedException {
        if (!look(false)) {
            Thread.sleep(SECOND_LOOK);
            look(true);
        }
    }

    @Override
    public void reload() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads the files again if they have changed.
     *
     * @param report whether to log that they cannot be used
     * @return whether they can be used, or have not changed
     */
    synchronized boolean look(boolean report) {
        byte[] digest = {};
        try {
            Texts texts = texts();
            digest = texts.digest();
            if (!MessageDigest.isEqual(digest, read)) {
                current = use(texts);
                read = digest;
                LOG.log(Level.INFO, "Certificate reloaded: " + cert);
            }
            failure = Optional.empty();
            return true;
        } catch (PemException e) {
            Optional<Failure> found = Optional.of(new Failure(HexFormat.of().formatHex(digest), e.getMessage()));
            if (report && !failure.equals(found)) {
                failure = found;
                LOG.log(Level.ERROR, "certificate not reloaded, the previous one remains in use: " + e.getMessage());
            }
            return false;
        }
    }

    private ServerTls use(Texts texts) throws PemException {
        Identity identity = Identity.read(texts.cert, texts.key, names);
        X509Certificate own = identity.chain().getFirst();
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            LOG.log(Level.WARNING, "the certificate has expired: not-after=" + end + " file=" + cert);
        }
        return new ServerTls(identity);
    }

    private Texts texts() throws PemException {
        return new Texts(text(cert, names.cert()), text(key, names.key()));
    }

    private static String text(Path file, String name) throws PemException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new PemException(name + " cannot be read: there is no such file");
        } catch (AccessDeniedException e) {
            throw new PemException(name + " cannot be read: access is denied");
        } catch (IOException e) {
            throw new PemException(name + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * A connection, and its handshake.
     *
     * @param channel for bytes, once the handshake is complete
     * @param handshake to be carried out first
     */
    public record TlsConnection(StreamChannel channel, Handshake handshake) {}

    /** A handshake, step by step. */
    @FunctionalInterface
    public interface Handshake {
        /**
         * Goes on as far as that is possible without waiting.
         *
         * @return the operation of {@link java.nio.channels.SelectionKey} to wait for; 0 when the handshake is complete, and below 0 if
         *         the client does not speak TLS at all
         * @throws IOException if it has failed
         */
        int step() throws IOException;
    }
}
