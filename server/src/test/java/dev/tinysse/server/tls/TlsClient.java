package dev.tinysse.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that speaks TLS with the JDK's sockets, and trusts any certificate. */
public final class TlsClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLSocket socket;
    private final StringBuilder read = new StringBuilder();

    /** A client whose handshake is complete. */
    public TlsClient(int port, String... protocols) throws IOException {
        socket = (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
    }

    static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new X509TrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type) {
                    // any
                }

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            }}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection itself. */
    public SSLSocket socket() {
        return socket;
    }

    PublicKey certificate() throws IOException {
        return socket.getSession().getPeerCertificates()[0].getPublicKey();
    }

    /** Sends a text. */
    public TlsClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until a text has come, and returns all up to its end. */
    public String until(String end) {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            while (read.indexOf(end) < 0) {
                int length = in.read(buffer);
                if (length < 0) {
                    throw new IllegalStateException("the connection ended after: " + read);
                }
                read.append(new String(buffer, 0, length, UTF_8));
            }
            String found = read.substring(0, read.indexOf(end) + end.length());
            read.delete(0, found.length());
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the server has ended the connection, as TLS has it: cut off without a close_notify is an error. */
    public String rest() throws IOException {
        String rest = read + new String(socket.getInputStream().readAllBytes(), UTF_8);
        read.setLength(0);
        return rest;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
