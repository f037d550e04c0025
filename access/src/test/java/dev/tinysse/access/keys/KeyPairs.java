package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.server.pem.PemException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** Keys for tests, as files have them. */
public final class KeyPairs {
    private KeyPairs() {}

    public static KeyPair of(String algorithm, int size) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm);
            pairs.initialize(size);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] pem(Key key) {
        String label = key instanceof java.security.PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY";
        return "-----BEGIN %s-----%n%s%n-----END %1$s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(key.getEncoded())).getBytes(US_ASCII);
    }

    public static SigningKey signing(Key key) {
        try {
            return SigningKey.read(pem(key));
        } catch (PemException e) {
            throw new IllegalStateException(e);
        }
    }
}
