package dev.tinysse.server.tls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Reads private keys: PKCS#8 as it is, PKCS#1 and SEC1 put into it. Pure functions.
 */
final class PrivateKeys {
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final int LONG_LENGTH = 0x80;

    private PrivateKeys() {}

    /**
     * The key of a block.
     *
     * @param certified the public key that it is to belong to
     * @throws GeneralSecurityException if it is no key of that kind
     */
    static PrivateKey read(PemBlock block, PublicKey certified) throws GeneralSecurityException {
        byte[] pkcs8 = block.label().equals("PRIVATE KEY") ? block.der() : wrapped(block.der(), certified);
        return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** The older forms do not name the algorithm, or the curve; the certificate does. */
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        return element(SEQUENCE, VERSION_0, algorithm(certified.getEncoded()), element(OCTETS, key));
    }

    /** The first element of a SubjectPublicKeyInfo (RFC 5280 section 4.1). */
    private static byte[] algorithm(byte[] publicKey) {
        ByteBuffer der = ByteBuffer.wrap(publicKey);
        header(der);
        int start = der.position();
        byte[] algorithm = new byte[header(der) + der.position() - start];
        der.get(start, algorithm);
        return algorithm;
    }

    /** Skips tag and length. The length. */
    private static int header(ByteBuffer der) {
        der.get();
        int length = Byte.toUnsignedInt(der.get());
        if (length < LONG_LENGTH) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < length - LONG_LENGTH; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedInt(der.get());
        }
        return value;
    }

    private static byte[] element(byte tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        ByteBuffer der = ByteBuffer.allocate(length + 6).put(tag);
        if (length < LONG_LENGTH) {
            der.put((byte) length);
        } else {
            der.put((byte) (LONG_LENGTH + Integer.BYTES)).putInt(length);
        }
        for (byte[] content : contents) {
            der.put(content);
        }
        byte[] bytes = new byte[der.position()];
        der.get(0, bytes);
        return bytes;
    }

    /** Whether what one of the keys signs, the other confirms. */
    static boolean fit(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(text);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certified);
        verifying.update(text);
        return verifying.verify(signing.sign());
    }
}
