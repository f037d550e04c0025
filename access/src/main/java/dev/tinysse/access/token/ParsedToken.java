package dev.tinysse.access.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.server.routing.Utf8;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A token that has been taken apart, and of which nothing has been verified: a JWT (RFC 7519) in the compact form of a signature
 * (RFC 7515). What its head says of keys, such as {@code jku}, {@code jwk} and {@code x5u}, means nothing.
 */
final class ParsedToken {
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    /** Headers that are not even read: the library would reject some of them as malformed. */
    private static final Set<String> MEANINGLESS = Set.of("jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "cty");

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    final JWSHeader header;
    /** The signed part. */
    final byte[] signed;
    final Base64URL signature;
    private final String payload;

    private ParsedToken(JWSHeader header, byte[] signed, String payload, Base64URL signature) {
        this.header = header;
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    /** Takes a token apart. */
    static ParsedToken of(String token) throws InvalidTokenException {
        if (!COMPACT.matcher(token).matches()) {
            throw malformed();
        }
        int first = token.indexOf('.');
        int second = token.lastIndexOf('.');
        try {
            Map<String, Object> head = object(token.substring(0, first));
            if ("none".equals(head.get("alg"))) {
                throw new InvalidTokenException(TokenError.ALGORITHM);
            }
            head.keySet().removeAll(MEANINGLESS);
            JWSHeader header = JWSHeader.parse(head);
            // what must be understood to verify the signature is not understood
            if (head.containsKey("crit") || !header.isBase64URLEncodePayload()) {
                throw malformed();
            }
            if (second + 1 == token.length() || !isCanonical(token.substring(second + 1))) {
                throw new InvalidTokenException(TokenError.SIGNATURE);
            }
            return new ParsedToken(header, token.substring(0, second).getBytes(US_ASCII),
                    token.substring(first + 1, second), new Base64URL(token.substring(second + 1)));
        } catch (ParseException | RuntimeException e) { // whatever is wrong with it, it is no token
            throw malformed();
        }
    }

    /** The library also takes a list of pairs for an object, and null. */
    private static Map<String, Object> object(String base64) throws ParseException {
        String text = Utf8.decode(Base64.getUrlDecoder().decode(base64))
                .orElseThrow(() -> new ParseException("no UTF-8", 0));
        if (!text.stripLeading().startsWith("{")) {
            throw new ParseException("no object", 0);
        }
        return JSONObjectUtils.parse(text);
    }

    /** Whether the bits behind the last byte are zero: else there were several texts for one token. */
    private static boolean isCanonical(String base64) {
        int unused = switch (base64.length() % 4) {
            case 2 -> 0b1111;
            case 3 -> 0b11;
            default -> 0;
        };
        return (ALPHABET.indexOf(base64.charAt(base64.length() - 1)) & unused) == 0;
    }

    /** The key that it names. */
    Optional<String> keyId() {
        return Optional.ofNullable(header.getKeyID());
    }

    /** Its claims; to be read once the signature has been verified. */
    Map<String, Object> claims() throws InvalidTokenException {
        try {
            return object(payload);
        } catch (ParseException | IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static InvalidTokenException malformed() {
        return new InvalidTokenException(TokenError.MALFORMED);
    }
}
