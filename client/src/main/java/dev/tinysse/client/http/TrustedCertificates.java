package dev.tinysse.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The trusted certificates: those of the JVM, or those in the file of PEM that {@code SSL_CERT_FILE} names, as with curl
 * and OpenSSL. Safe for any thread.
 */
final class TrustedCertificates {
    private static final String VARIABLE = "SSL_CERT_FILE";

    private TrustedCertificates() {}

    /**
     * Makes sockets that trust them.
     *
     * @throws SSLException if the file cannot be used; its text names the file
     */
    static SSLSocketFactory sockets() throws SSLException {
        String file = System.getenv(VARIABLE);
        if (file == null || file.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return trusting(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new SSLException("cannot use %s=%s: %s".formatted(VARIABLE, file,
                    e instanceof IOException ? "it cannot be read" : e.getMessage()), e);
        }
    }

    private static SSLSocketFactory trusting(Collection<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
