package dev.tinysse.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate for localhost that has signed itself, made for a test, with the key that belongs to it.
 *
 * @param keys whose public one is in it
 * @param der its bytes
 */
public record TestCertificate(KeyPair keys, byte[] der) {
    private static final byte[] OID_RSA = {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1,
            11};
    private static final byte[] OID_ECDSA = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] OID_ED25519 = {0x06, 0x03, 0x2b, 0x65, 0x70};
    private static final byte[] OID_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

    /** One of an algorithm: RSA, EC or Ed25519. */
    public static TestCertificate of(String algorithm) {
        return of(algorithm, "260101000000Z", "490101000000Z");
    }

    /** The same for a time. */
    public static TestCertificate of(String algorithm, String from, String to) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            } else if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            KeyPair keys = generator.generateKeyPair();
            return new TestCertificate(keys, certificate(algorithm, keys.getPublic(), keys.getPrivate(), from, to));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate in PEM. */
    public String cert() {
        return pem("CERTIFICATE", der);
    }

    /** The key in PKCS#8. */
    public String key() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** The key as it was written before PKCS#8: what is in the octets at the end of that. */
    String oldKey(String label) {
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        byte[] algorithm = algorithm();
        int at = 4 + 3 + algorithm.length;
        if (pkcs8[1] > 0) {
            at -= 2;
        } else if (pkcs8[1] == (byte) 0x81) {
            at -= 1;
        }
        int length = pkcs8[at + 1];
        int header = length > 0 ? 2 : 2 + (length & 0x7f);
        byte[] inner = Arrays.copyOfRange(pkcs8, at + header, pkcs8.length);
        return pem(label, inner);
    }

    private byte[] algorithm() {
        byte[] spki = keys.getPublic().getEncoded();
        int at = spki[1] > 0 ? 2 : 2 + (spki[1] & 0x7f);
        return Arrays.copyOfRange(spki, at, at + 2 + spki[at + 1]);
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] certificate(String algorithm, PublicKey publicKey, PrivateKey key, String from, String to)
            throws GeneralSecurityException {
        byte[] signing = switch (algorithm) {
            case "RSA" -> element(0x30, OID_RSA, new byte[]{5, 0});
            case "EC" -> element(0x30, OID_ECDSA);
            default -> element(0x30, OID_ED25519);
        };
        byte[] name = element(0x30,
                element(0x31, element(0x30, OID_NAME, element(0x0c, "localhost".getBytes(US_ASCII)))));
        byte[] time = element(0x30, element(0x17, from.getBytes(US_ASCII)), element(0x17, to.getBytes(US_ASCII)));
        byte[] body = element(0x30, new byte[]{2, 1, 1}, signing, name, time, name, publicKey.getEncoded());
        Signature signature = Signature.getInstance(switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        });
        signature.initSign(key);
        signature.update(body);
        return element(0x30, body, signing, element(0x03, new byte[]{0}, signature.sign()));
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            all.writeBytes(content);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (all.size() < 0x80) {
            der.write(all.size());
        } else {
            der.writeBytes(new byte[]{(byte) 0x82, (byte) (all.size() >> 8), (byte) all.size()});
        }
        der.writeBytes(all.toByteArray());
        return der.toByteArray();
    }
}
