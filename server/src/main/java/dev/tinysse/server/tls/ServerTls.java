package dev.tinysse.server.tls;

import dev.tinysse.server.pem.PemException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** The TLS of new connections: the present certificate, TLS 1.2 and 1.3, and suites with forward secrecy alone. Safe for any thread. */
final class ServerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> SUITES = List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /** Sessions of clients of TLS 1.2 that take no tickets; all others keep theirs themselves. */
    private static final int MAX_SESSIONS = 1024;
    private static final int SESSION_SECONDS = 3600;

    private final SSLContext context;
    private final SSLParameters parameters;

    ServerTls(Identity identity) throws PemException {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[]{new IdentityManager(identity)}, new TrustManager[0], new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new PemException("TLS cannot be used: " + e.getMessage());
        }
        SSLSessionContext sessions = context.getServerSessionContext();
        sessions.setSessionCacheSize(MAX_SESSIONS);
        sessions.setSessionTimeout(SESSION_SECONDS);
        List<String> supported = Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        parameters = new SSLParameters(suites(supported), PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setApplicationProtocols(new String[]{"http/1.1"});
    }

    private static String[] suites(List<String> supported) {
        Stream<String> suites = SUITES.stream().filter(supported::contains);
        return suites.toArray(String[]::new);
    }

    /** The server's side of one connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
