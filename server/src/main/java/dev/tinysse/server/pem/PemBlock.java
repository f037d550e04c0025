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
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*+)-----END \\1-----");

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
     * Reads a file. What stands between its blocks means nothing.
     *
     * @param file its bytes, not null
     * @return its blocks, at least one
     * @throws PemException if there is none, or one is malformed
     */
    public static List<PemBlock> read(byte[] file) throws PemException {
        String text = new String(file, ISO_8859_1);
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                blocks.add(new PemBlock(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new PemException("block %d is no Base64: label=%s".formatted(blocks.size() + 1,
                        matcher.group(1)), e);
            }
        }
        if (blocks.isEmpty() || blocks.size() < text.split(BEGIN, -1).length - 1) {
            throw new PemException("block %d has no end, or headers".formatted(blocks.size() + 1));
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

    /** The content; nobody changes it. */
    byte[] content() {
        return content;
    }
}
