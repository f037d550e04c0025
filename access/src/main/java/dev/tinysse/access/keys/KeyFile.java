package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tinysse.server.pem.PemBlock;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.pem.PrivateKeys;
import dev.tinysse.server.pem.PublicKeys;
import dev.tinysse.server.routing.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files with keys: PEM, JWK or JWK set, or the bytes of a secret, if they may be one ({@link SecretFile}). Pure functions.
 */
public final class KeyFile {
    private static final int MAX_BYTES = 1 << 20;
    /** The byte order mark U+FEFF, each character a byte. */
    private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

    private KeyFile() {}

    /**
     * Reads a file.
     *
     * @param file its name
     * @return its bytes
     * @throws PemException if it cannot be read, or has more than a mebibyte
     */
    public static byte[] bytes(Path file) throws PemException {
        if (Files.isDirectory(file)) {
            throw new PemException("is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new PemException("the file has more than 1 MiB");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new PemException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new PemException("permission denied", e);
        } catch (IOException e) {
            throw new PemException("the file cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * The keys in a file of {@code --jwt-key}.
     *
     * <p>A secret is one more release for files that were valid before there was {@code --jwt-secret}.
     *
     * @param file its bytes: PEM with public keys, a JWK or a JWK set
     * @return the keys, at least one
     * @throws PemException if there is none, or one that cannot be used
     */
    public static List<VerificationKey> publicKeys(byte[] file) throws PemException {
        if (PemBlock.isIn(file)) {
            return pem(file, false);
        }
        Optional<String> json = json(file);
        if (json.isPresent()) {
            return jwk(json.get());
        }
        try {
            return List.of(secret(file));
        } catch (PemException e) {
            throw new PemException("expected PEM, a JWK or a JWK set, and --jwt-secret takes HMAC secrets: "
                    + e.getMessage(), e);
        }
    }

    /**
     * The secrets in a file of {@code --jwt-secret}.
     *
     * @param file its bytes: those of a secret, or a symmetric JWK, or a set of them
     * @return the secrets, at least one
     * @throws PemException if there is none, or anything else
     */
    public static List<VerificationKey> secrets(byte[] file) throws PemException {
        try {
            if (PemBlock.isIn(file)) {
                throw new PemException("it is PEM");
            }
            List<VerificationKey> keys = anyKeys(file);
            if (!keys.stream().allMatch(VerificationKey::isSecret)) {
                throw new PemException("there is a public key in it");
            }
            return keys;
        } catch (PemException e) {
            throw new PemException("expected random bytes for HMAC, and --jwt-key takes public keys: "
                    + e.getMessage(), e);
        }
    }

    /**
     * The keys in a file, of whatever kind; of a private key the public part.
     *
     * @param file its bytes: PEM, a JWK or JWK set, or those of a secret
     * @return the keys, at least one
     * @throws PemException if there is none, or one that cannot be used
     */
    public static List<VerificationKey> anyKeys(byte[] file) throws PemException {
        if (PemBlock.isIn(file)) {
            return pem(file, true);
        }
        Optional<String> json = json(file);
        return json.isPresent() ? jwk(json.get()) : List.of(secret(file));
    }

    private static VerificationKey secret(byte[] file) throws PemException {
        return VerificationKey.ofSecret(SecretFile.read(file));
    }

    private static List<VerificationKey> jwk(String json) throws PemException {
        List<VerificationKey> keys = JwkKeys.read(json);
        if (keys.isEmpty()) {
            throw new PemException("there is no key for signatures in it");
        }
        return keys;
    }

    private static List<VerificationKey> pem(byte[] file, boolean privateToo) throws PemException {
        List<VerificationKey> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.read(file)) {
            if (block.label().equals("EC PARAMETERS")) {
                continue; // the key behind it names its curve, too
            }
            keys.add(key(block, privateToo));
        }
        if (keys.isEmpty()) {
            throw new PemException("there is no key in it");
        }
        return keys;
    }

    private static VerificationKey key(PemBlock block, boolean privateToo) throws PemException {
        if (block.isPrivateKey() && !privateToo) {
            throw new PemException("there is a private key in it; the server needs the public one, as openssl pkey "
                    + "-pubout writes it");
        }
        try {
            return VerificationKey.of(block.isPrivateKey() ? PrivateKeys.publicKey(block) : PublicKeys.of(block));
        } catch (RuntimeException e) { // the JDK throws some at a malformed key
            throw new PemException("the key cannot be used: " + e.getMessage(), e);
        }
    }

    /** The text of a file that begins as JSON does, without the mark of UTF-8 that some editors write. */
    static Optional<String> json(byte[] file) {
        String bytes = new String(file, ISO_8859_1);
        String text = (bytes.startsWith(UTF_8_MARK) ? bytes.substring(UTF_8_MARK.length()) : bytes).stripLeading();
        return text.startsWith("{") ? Utf8.decode(text) : Optional.empty();
    }
}
