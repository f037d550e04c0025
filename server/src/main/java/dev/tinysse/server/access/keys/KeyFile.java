package dev.tinysse.server.access.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.body.Utf8;
import dev.tinysse.server.pem.PemBlock;
import dev.tinysse.server.pem.PemException;
import dev.tinysse.server.pem.PrivateKeys;
import dev.tinysse.server.pem.PublicKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads files with keys: PEM, JWK or JWK set, or the bytes of a secret. What looks like a public key in a form that is not
 * read is refused, and never taken for a secret: others know it. Pure functions.
 */
public final class KeyFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern SSH = Pattern.compile("(?s)\\s*(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-).*");
    private static final int DER_SEQUENCE = 0x30;

    private KeyFile() {}

    /** What private keys in a file are taken for. */
    public enum Private {
        /** They do not belong there. */
        REFUSED,
        /** The public keys to them count. */
        PUBLIC_PART
    }

    /**
     * Reads a file.
     *
     * @param file its name
     * @return its bytes
     * @throws PemException if it cannot be read, or has more than a mebibyte
     */
    public static byte[] bytes(Path file) throws PemException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new PemException("the file has more than 1 MiB");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new PemException("there is no such file", e);
        } catch (IOException e) {
            throw new PemException("the file cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * The keys in a file.
     *
     * @param file its bytes
     * @param privateKeys what private keys in PEM are taken for; of a JWK the public part counts in any case
     * @return the keys, at least one
     * @throws PemException if there is none, or one that cannot be used
     */
    public static List<VerificationKey> read(byte[] file, Private privateKeys) throws PemException {
        if (PemBlock.isIn(file)) {
            return pem(file, privateKeys);
        }
        Optional<String> json = json(file);
        if (json.isPresent()) {
            List<VerificationKey> keys = JwkKeys.read(json.get());
            if (keys.isEmpty()) {
                throw new PemException("there is no key for signatures in it");
            }
            return keys;
        }
        return List.of(VerificationKey.ofSecret(secret(file)));
    }

    private static List<VerificationKey> pem(byte[] file, Private privateKeys) throws PemException {
        List<VerificationKey> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.read(file)) {
            if (block.label().equals("EC PARAMETERS")) {
                continue; // the key behind it names its curve, too
            }
            if (!block.isPrivateKey()) {
                keys.add(VerificationKey.of(PublicKeys.of(block)));
            } else if (privateKeys == Private.REFUSED) {
                throw new PemException("there is a private key in it; the server needs the public one, as openssl pkey "
                        + "-pubout writes it");
            } else {
                keys.add(VerificationKey.of(PrivateKeys.publicKey(block)));
            }
        }
        if (keys.isEmpty()) {
            throw new PemException("there is no key in it");
        }
        return keys;
    }

    /** The text of a file that begins as JSON does. */
    static Optional<String> json(byte[] file) {
        String text = new String(file, ISO_8859_1).stripLeading();
        return text.startsWith("{") ? Utf8.decode(file) : Optional.empty();
    }

    /** All bytes of a file, a line break at its end too. */
    static byte[] secret(byte[] file) throws PemException {
        if (SSH.matcher(new String(file, UTF_8)).matches()) {
            throw new PemException("a key of SSH is not read; ssh-keygen -e -m PKCS8 writes PEM");
        }
        if (isDer(file)) {
            throw new PemException("a key or certificate in DER is not read; openssl writes PEM with -inform DER");
        }
        if (isDer(base64(file))) {
            throw new PemException(
                    "a key or certificate in Base64 alone is not read; PEM has a line before and after it: "
                            + "-----BEGIN PUBLIC KEY-----, -----END PUBLIC KEY-----");
        }
        return file;
    }

    /** What a text in Base64 stands for; nothing if it is none. */
    private static byte[] base64(byte[] file) {
        try {
            return Base64.getDecoder().decode(new String(file, ISO_8859_1).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Whether the bytes are one sequence of DER, as keys and certificates are, and secrets hardly ever. */
    private static boolean isDer(byte[] file) {
        if (file.length < 4 || file[0] != DER_SEQUENCE) {
            return false;
        }
        int first = file[1] & 0xff;
        return first < 0x80 && first + 2 == file.length
                || first == 0x81 && (file[2] & 0xff) + 3 == file.length
                || first == 0x82 && ((file[2] & 0xff) << 8 | file[3] & 0xff) + 4 == file.length;
    }
}
