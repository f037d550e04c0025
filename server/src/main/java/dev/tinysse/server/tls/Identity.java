package dev.tinysse.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tinysse.server.pem.PemBlock;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.pem.PrivateKeys;
import dev.tinysse.server.pem.PublicKeys;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate with its chain, and the private key that fits it.
 *
 * @param chain the server's own certificate, and those of who has signed it
 * @param key of the server's own
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    /**
     * Reads both.
     *
     * @param names how errors name the files
     * @throws PemException if one of them cannot be used, or they do not fit
     */
    static Identity read(String cert, String key, Names names) throws PemException {
        List<X509Certificate> chain = chain(cert, names);
        PemBlock block = blocks(key, names.key()).stream().filter(PemBlock::isPrivateKey).findFirst()
                .orElseThrow(() -> new PemException(names.key() + " has no private key in PEM"));
        if (block.isEncrypted()) {
            throw new PemException(names.key() + " is encrypted: only a key without a password can be used");
        }
        X509Certificate own = chain.getFirst();
        try {
            PrivateKey read = PrivateKeys.of(block, own.getPublicKey());
            if (fit(read, own.getPublicKey())) {
                return new Identity(chain, read);
            }
        } catch (PemException | GeneralSecurityException | RuntimeException e) {
            // a key of another kind, or a damaged one: the provider's text may have something of it
        }
        throw new PemException(names.key() + " does not fit the first certificate of " + names.cert());
    }

    private static List<X509Certificate> chain(String text, Names names) throws PemException {
        List<PemBlock> blocks = blocks(text, names.cert()).stream().filter(PemBlock::isCertificate).toList();
        if (blocks.isEmpty()) {
            throw new PemException(names.cert() + " has no certificate in PEM");
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (PemBlock block : blocks) {
                chain.add(PublicKeys.certificate(block));
            }
            return List.copyOf(chain);
        } catch (CertificateException e) {
            throw new PemException(names.cert() + " has a certificate that cannot be read: " + e.getMessage());
        }
    }

    private static List<PemBlock> blocks(String text, String name) throws PemException {
        try {
            return PemBlock.find(text.getBytes(ISO_8859_1));
        } catch (PemException e) {
            throw new PemException(name + " has a block that is not in Base64");
        }
    }

    /** Whether what one of the keys signs, the other confirms. */
    private static boolean fit(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
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

    /** The texts by which errors name the two files. */
    record Names(String cert, String key) {}

    /** Without the key. */
    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
