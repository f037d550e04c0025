package dev.tinysse.server.pem;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** Reads private keys, and finds the public ones to them. Pure functions. */
public final class PrivateKeys {
    private PrivateKeys() {}

    /**
     * The key in a block: PKCS#8, PKCS#1 for RSA, or SEC 1 for elliptic curves.
     *
     * @param block not null
     * @return the key: RSA, of an elliptic curve, or Ed25519
     * @throws PemException if the block is something else, or encrypted
     */
    public static PrivateKey of(PemBlock block) throws PemException {
        return decode(pkcs8(block));
    }

    /**
     * The key in a block that belongs to a certificate.
     *
     * @param block not null
     * @param certified the public key to it, of any kind that the JDK knows
     * @return the key
     * @throws PemException if the block is malformed
     * @throws GeneralSecurityException if it is no key of that kind
     */
    public static PrivateKey of(PemBlock block, PublicKey certified) throws PemException, GeneralSecurityException {
        byte[] pkcs8 = block.label().equals("PRIVATE KEY")
                ? block.content()
                : Der.pkcs8(part(certified.getEncoded(), Der.SEQUENCE), block.content());
        return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] pkcs8(PemBlock block) throws PemException {
        if (block.isEncrypted()) {
            throw new PemException("the private key is encrypted");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> block.content();
            case "RSA PRIVATE KEY" -> Der.pkcs8(block.content());
            case "EC PRIVATE KEY" -> Der.pkcs8OfCurve(
                    Der.find(block.content(), Der.PARAMETERS)
                            .orElseThrow(() -> new PemException("the private key does not name its curve")),
                    block.content());
            default -> throw new PemException("a private key is expected: label=" + block.label());
        };
    }

    private static PrivateKey decode(byte[] pkcs8) throws PemException {
        for (String algorithm : PublicKeys.ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // it is of another algorithm, or of none
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new PemException("the private key is neither RSA, nor of a curve P-256, P-384 or P-521, nor Ed25519");
    }

    /**
     * The public key to a private one.
     *
     * @param block the private key, not null
     * @return the key
     * @throws PemException if the block is something else, or a key of an elliptic curve without the public one
     */
    public static PublicKey publicKey(PemBlock block) throws PemException {
        PrivateKey key = of(block);
        try {
            return switch (key) {
                case RSAPrivateCrtKey rsa -> KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                case EdECPrivateKey ed -> publicKey(ed);
                default -> curvePoint(pkcs8(block));
            };
        } catch (GeneralSecurityException e) {
            throw new PemException("the private key has no public one", e);
        }
    }

    /** The JDK makes a key pair of random bytes; with those of the private key it makes its pair. */
    private static PublicKey publicKey(EdECPrivateKey key) throws GeneralSecurityException {
        byte[] seed = key.getBytes().orElseThrow();
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
        pairs.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return pairs.generateKeyPair().getPublic();
    }

    private static PublicKey curvePoint(byte[] pkcs8) throws PemException {
        byte[] algorithm = part(pkcs8, Der.SEQUENCE);
        byte[] key = part(pkcs8, Der.OCTET_STRING);
        byte[] point = Der.find(key, Der.PUBLIC_KEY).orElseThrow(() -> new PemException(
                "the file has a private key without its public key; write it with openssl pkey -pubout"));
        return PublicKeys.decode(Der.x509(algorithm, point));
    }

    private static byte[] part(byte[] sequence, int tag) throws PemException {
        return Der.find(sequence, tag).orElseThrow(() -> new PemException("malformed DER"));
    }
}
