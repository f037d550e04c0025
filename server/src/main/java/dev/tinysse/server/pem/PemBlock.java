package dev.tinysse.server.pem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>). Immutable; not to be shown, as it may be a
 * private key.
 */
public final class PemBlock {
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*+(?:-(?!----)[^-]*+)*+)-----END \\1-----");
    private static final Pattern ENCRYPTED = Pattern.compile("\\A\\s*Proc-Type:[^\\n]*ENCRYPTED");
    private static final byte[] UNREADABLE = {};

    private final String label;
    private final byte[] content;

    private PemBlock(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    /**
     * Whether a file is in PEM, or is meant to be.
     *
     * @param file its bytes, not null
     * @return whether a block begins in it
     */
    public static boolean isIn(byte[] file) {
        return new String(file, ISO_8859_1).contains(BEGIN);
    }

    /**
     * Reads a file that has nothing but whole blocks, and text between them, which means nothing.
     *
     * @param file its bytes, not null
     * @return its blocks, at least one
     * @throws PemException if there is none, or one is malformed
     */
    public static List<PemBlock> read(byte[] file) throws PemException {
        List<PemBlock> blocks = find(file);
        if (blocks.isEmpty() || blocks.size() < new String(file, ISO_8859_1).split(BEGIN, -1).length - 1) {
            throw new PemException("block %d has no end".formatted(blocks.size() + 1));
        }
        return blocks;
    }

    /**
     * Finds the whole blocks of a file.
     *
     * @param file its bytes, not null
     * @return its blocks, perhaps none
     * @throws PemException if one is not in Base64
     */
    public static List<PemBlock> find(byte[] file) throws PemException {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(file, ISO_8859_1));
        while (matcher.find()) {
            String body = matcher.group(2);
            try {
                blocks.add(new PemBlock(matcher.group(1), ENCRYPTED.matcher(body).find()
                        ? UNREADABLE
                        : Base64.getDecoder().decode(body.replaceAll("\\s", ""))));
            } catch (IllegalArgumentException e) {
                throw new PemException("block %d is no Base64: label=%s".formatted(blocks.size() + 1,
                        matcher.group(1)), e);
            }
        }
        return blocks;
    }

    /** {@return what the block says it is, such as {@code PUBLIC KEY}} */
    public String label() {
        return label;
    }

    /** {@return whether it says that it is a private key} */
    public boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    /** {@return whether it says that it is a certificate} */
    public boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    /** {@return whether it needs a password} */
    public boolean isEncrypted() {
        return content.length == 0 || label.startsWith("ENCRYPTED");
    }

    /** The content, none if its headers say that it is encrypted; nobody changes it. */
    byte[] content() {
        return content;
    }
}
