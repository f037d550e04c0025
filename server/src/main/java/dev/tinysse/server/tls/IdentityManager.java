package dev.tinysse.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Has one identity, whatever name a client asks for. Safe for any thread. */
final class IdentityManager extends X509ExtendedKeyManager {
    private static final String ALIAS = "server";

    private final X509Certificate[] chain;
    private final PrivateKey key;

    IdentityManager(Identity identity) {
        this.chain = identity.chain().toArray(X509Certificate[]::new);
        this.key = identity.key();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        String own = chain[0].getPublicKey().getAlgorithm();
        return keyType.equals(own) || keyType.startsWith(own + "_") ? ALIAS : null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[]{ALIAS};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
