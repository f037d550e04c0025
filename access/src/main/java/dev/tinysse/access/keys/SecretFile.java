package dev.tinysse.access.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tinysse.server.pem.PemException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that a file that is neither PEM nor JWK may be a secret. It may not if it looks like a public key, or a document, in a
 * form that is not read: others know it, and could sign with it. Random bytes, and random text in Base64 or hexadecimal digits, are
 * secrets. Pure functions.
 */
final class SecretFile {
    /** The beginnings that no secret has, behind whitespace, comments and characters that are not of ASCII. */
    private static final Map<String, String> BEGINNINGS = Map.of("{", "JSON that is no JWK in UTF-8", "[",
            "a JSON array", "\"", "a JSON string", "<", "XML or HTML", "----", "a key with dashes that is no PEM",
            "http://", "an address", "https://", "an address");
    private static final Pattern MARKS = Pattern.compile(
            "\\bkty\\b|public.?key|begin [\\w ]{0,40}(certificate|key)|keyvalue|modulus",
            Pattern.CASE_INSENSITIVE);
    /** Those that random bytes do not hold, and so count in any text. */
    private static final Pattern CERTAIN_MARKS = Pattern.compile("\"kty\"|keyvalue>|<html|<!doctype",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SSH = Pattern.compile("ssh-rsa|ssh-dss|ssh-ed\\d+|ecdsa-sha2-|sk-ssh-|sk-ecdsa-");
    private static final Pattern COMMENTS = Pattern.compile("(?m)^[^!-~\\r\\n]*(#|//|;).*$");
    private static final Pattern NOT_ASCII = Pattern.compile("^[^!-~]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** Text in Base64 of either alphabet that is long enough for a key. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{40,}");
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})+");

    private static final int DER_SEQUENCE = 0x30;
    /** The first elements of the sequences of keys and certificates: an integer, an object identifier, a sequence. */
    private static final List<Integer> DER_FIRST = List.of(0x02, 0x06, DER_SEQUENCE);
    /** The object identifiers of public keys in DER: RSA, elliptic curves, Ed25519. */
    private static final List<String> IDENTIFIERS = List.of("06092a864886f70d010101", "06072a8648ce3d0201",
            "06032b6570");
    /** The bytes that a file may have behind a key. */
    private static final List<String> LINE_BREAKS = List.of("", "\n", "\r\n");
    private static final int UNCOMPRESSED = 0x04;
    /** Bytes of points of P-256, P-384 and P-521 with both coordinates. */
    private static final List<Integer> POINTS = List.of(65, 97, 133);
    /** Base64 of Base64 of a key is looked into. */
    private static final int MAX_DEPTH = 3;

    private SecretFile() {}

    /**
     * The secret in a file.
     *
     * @param file its bytes
     * @return all of them, a line break at the end too
     * @throws PemException if it may not be a secret; the text says what it looks like, and what is expected
     */
    static byte[] read(byte[] file) throws PemException {
        Optional<String> form = publicForm(file, MAX_DEPTH);
        if (form.isPresent()) {
            throw new PemException("it looks like " + form.get() + ", which is not supported; expected PEM or JWK");
        }
        return file;
    }

    /** The apparent format of the bytes if they are no secret. */
    private static Optional<String> publicForm(byte[] bytes, int depth) {
        return binaryForm(bytes).or(() -> textForm(bytes, depth));
    }

    private static Optional<String> binaryForm(byte[] bytes) {
        if (IDENTIFIERS.stream().anyMatch(HexFormat.of().formatHex(bytes)::contains)) {
            return Optional.of("a key or certificate in DER");
        }
        String content = new String(bytes, ISO_8859_1);
        // the key itself may end with a CR or LF
        return LINE_BREAKS.stream().filter(content::endsWith)
                .map(end -> Arrays.copyOf(bytes, bytes.length - end.length()))
                .flatMap(key -> binaryFormOf(key).stream()).findFirst();
    }

    private static Optional<String> binaryFormOf(byte[] key) {
        if (isDer(key)) {
            return Optional.of("a key or certificate in DER");
        }
        return isPoint(key) ? Optional.of("a point of an elliptic curve") : Optional.empty();
    }

    /** Whether the bytes are one sequence of DER, as keys and certificates are, and secrets hardly ever. */
    private static boolean isDer(byte[] bytes) {
        if (bytes.length < 8 || bytes[0] != DER_SEQUENCE) {
            return false;
        }
        int first = bytes[1] & 0xff;
        int header = first < 0x80 ? 2 : first - 0x80 + 2;
        if (header > 5) {
            return false;
        }
        int length = first < 0x80 ? first : 0;
        for (int i = 2; i < header; i++) {
            length = length << 8 | bytes[i] & 0xff;
        }
        return length + header == bytes.length && DER_FIRST.contains((int) bytes[header]);
    }

    private static boolean isPoint(byte[] bytes) {
        return POINTS.contains(bytes.length) && bytes[0] == UNCOMPRESSED;
    }

    private static Optional<String> textForm(byte[] bytes, int depth) {
        // UTF-16 and UTF-32 of ASCII are ASCII with zeros between
        String text = new String(bytes, ISO_8859_1).replace("\0", "");
        if (SSH.matcher(text).find()) {
            return Optional.of("a key of SSH (ssh-keygen -e -m PKCS8 writes PEM)");
        }
        if (CERTAIN_MARKS.matcher(text).find()) {
            return Optional.of("a public key or a document in another form");
        }
        if (!isMostlyAscii(text)) {
            return Optional.empty();
        }
        if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
            return Optional.of("text in UTF-16");
        }
        if (MARKS.matcher(text).find()) {
            return Optional.of("a public key in another form");
        }
        String content = NOT_ASCII.matcher(COMMENTS.matcher(text).replaceAll("")).replaceFirst("");
        return BEGINNINGS.entrySet().stream().filter(entry -> content.startsWith(entry.getKey())).findFirst()
                .map(Map.Entry::getValue).or(() -> depth == 0 ? Optional.empty() : decodedForm(content, depth - 1));
    }

    /** Random bytes are so once in many millions of files. */
    private static boolean isMostlyAscii(String text) {
        long ascii = text.chars().filter(c -> c >= ' ' && c <= '~' || Character.isWhitespace(c)).count();
        return ascii >= text.length() - text.length() / 8;
    }

    private static Optional<String> decodedForm(String text, int depth) {
        String compact = BLANKS.matcher(text).replaceAll("");
        String digits = compact.replace(":", "");
        if (HEX.matcher(digits).matches()) {
            Optional<String> form = publicForm(HexFormat.of().parseHex(digits), depth);
            if (form.isPresent()) {
                return form.map(found -> found + " in hexadecimal digits");
            }
        }
        Matcher words = BASE64.matcher(compact);
        while (words.find()) {
            Optional<String> form = publicForm(base64(words.group()), depth);
            if (form.isPresent()) {
                return form.map(found -> found + " in Base64 alone");
            }
        }
        return Optional.empty();
    }

    private static byte[] base64(String word) {
        String whole = word.length() % 4 == 1 ? word.substring(0, word.length() - 1) : word;
        return Base64.getUrlDecoder().decode(whole.replace('+', '-').replace('/', '_'));
    }
}
