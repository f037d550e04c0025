package dev.tinysse.server.pem;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/** Reads public keys. Pure functions. */
public final class PublicKeys {
    static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private PublicKeys() {}

    /**
     * The key in a block: a public key (X.509, or PKCS#1 for RSA), or that of a certificate, whose validity is not checked.
     *
     * @param block not null
     * @return the key: RSA, of an elliptic curve, or Ed25519
     * @throws PemException if the block is something else
     */
    public static PublicKey of(PemBlock block) throws PemException {
        return switch (block.label()) {
            case "PUBLIC KEY" -> decode(block.content());
            case "RSA PUBLIC KEY" -> decode(Der.x509(block.content()));
            case String _ when block.isCertificate() -> ofCertificate(block);
            default -> throw new PemException("a public key or certificate is expected: label=" + block.label());
        };
    }

    static PublicKey decode(byte[] x509) throws PemException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(x509));
            } catch (InvalidKeySpecException e) {
                // it is of another algorithm, or of none
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new PemException("the public key is neither RSA, nor of a curve P-256, P-384 or P-521, nor Ed25519");
    }

    private static PublicKey ofCertificate(PemBlock block) throws PemException {
        try {
            return certificate(block).getPublicKey();
        } catch (CertificateException e) {
            throw new PemException("malformed certificate", e);
        }
    }

    /**
     * The certificate in a block, whose validity is not checked.
     *
     * @param block not null
     * @return the certificate
     * @throws CertificateException if the block is something else, or malformed
     */
    public static X509Certificate certificate(PemBlock block) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(block.content()));
    }
}
