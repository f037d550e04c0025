package dev.tinysse.server.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a PEM file (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>).
 *
 * @param label what it is, such as {@code CERTIFICATE}
 * @param der its bytes; none if it is encrypted
 */
record PemBlock(String label, byte[] der) {
    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-(?!----)[^-]*)*)-----END \\1-----");
    private static final Pattern HEADERS = Pattern.compile("\\A\\s*Proc-Type:[^\\n]*ENCRYPTED");

    /**
     * The blocks of a file, in their order; what stands around them is ignored.
     *
     * @throws IllegalArgumentException if a block is not in Base64
     */
    static List<PemBlock> read(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            boolean encrypted = HEADERS.matcher(matcher.group(2)).find();
            byte[] der = encrypted ? new byte[0] : Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
            blocks.add(new PemBlock(matcher.group(1), der));
        }
        return blocks;
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return der.length == 0 || label.startsWith("ENCRYPTED");
    }
}
