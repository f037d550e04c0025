package dev.tinysse.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.api.ChannelName;
import dev.tinysse.server.rights.Rights;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the claims of a token whose signature is valid, and checks all that does not change. Immutable.
 *
 * @param rules what tokens must be like
 */
record ClaimsReader(TokenRules rules) {
    /** The last second that texts of times have room for. */
    private static final double MAX_SECONDS = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    VerifiedToken read(Map<String, Object> payload) throws InvalidTokenException {
        if (!UTF_8.newEncoder().canEncode(JSONObjectUtils.toJSONString(payload))) { // a lone surrogate, as an escape
            throw new InvalidTokenException(TokenError.MALFORMED);
        }
        Map<String, Object> claims = copyOf(payload);
        requireText(claims, "iss");
        requireText(claims, "sub");
        Instant expires = time(claims, "exp").orElseThrow(() -> new InvalidTokenException(TokenError.NO_EXPIRY));
        Instant begins = time(claims, "nbf").orElse(Instant.MIN);
        if (rules.issuer().isPresent() && !rules.issuer().get().equals(claims.get("iss"))) {
            throw new InvalidTokenException(TokenError.ISSUER);
        }
        if (rules.audience().isPresent() && !texts(claims.get("aud"), TokenError.AUDIENCE)
                .contains(rules.audience().get())) {
            throw new InvalidTokenException(TokenError.AUDIENCE);
        }
        return new VerifiedToken(claims, rights(claims.get(rules.claim())), expires, begins);
    }

    /** Checks what changes with time. */
    void checkTime(VerifiedToken token, Instant now) throws InvalidTokenException {
        Duration leeway = rules.leeway();
        if (!now.isBefore(token.expires().plus(leeway))) {
            throw new InvalidTokenException(TokenError.EXPIRED);
        }
        if (now.plus(leeway).isBefore(token.begins())) {
            throw new InvalidTokenException(TokenError.NOT_YET_VALID);
        }
    }

    /** A claim that is text if present (RFC 7519 section 4.1): the text of another value would be equal to that text. */
    private static void requireText(Map<String, Object> claims, String name) throws InvalidTokenException {
        if (claims.containsKey(name) && !(claims.get(name) instanceof String)) {
            throw new InvalidTokenException(TokenError.MALFORMED);
        }
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) throws InvalidTokenException {
        Object value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number) || Double.isNaN(number.doubleValue())) {
            throw new InvalidTokenException(TokenError.MALFORMED);
        }
        double seconds = Math.clamp(number.doubleValue(), -MAX_SECONDS, MAX_SECONDS);
        return Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
    }

    private static Rights rights(Object claim) throws InvalidTokenException {
        if (claim == null) {
            return Rights.NONE;
        }
        if (!(claim instanceof Map<?, ?> lists)) {
            throw new InvalidTokenException(TokenError.RIGHTS);
        }
        return new Rights(patterns(lists.get("publish")), patterns(lists.get("subscribe")));
    }

    private static List<String> patterns(Object value) throws InvalidTokenException {
        if (value instanceof String) {
            throw new InvalidTokenException(TokenError.RIGHTS);
        }
        List<String> patterns = texts(value, TokenError.RIGHTS);
        if (!patterns.stream().allMatch(ChannelName::isNameOrPattern)) {
            throw new InvalidTokenException(TokenError.RIGHTS);
        }
        return patterns;
    }

    /** A text, or a list of texts; none for nothing. */
    private static List<String> texts(Object value, TokenError otherwise) throws InvalidTokenException {
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            if (!(item instanceof String text)) {
                throw new InvalidTokenException(otherwise);
            }
            texts.add(text);
        }
        return texts;
    }

    /** Claims as hooks see them: without nulls, and with two kinds of numbers. */
    private static Map<String, Object> copyOf(Map<?, ?> claims) {
        Map<String, Object> copy = new LinkedHashMap<>();
        claims.forEach((name, value) -> {
            if (value != null) {
                copy.put((String) name, copyOfValue(value));
            }
        });
        return copy;
    }

    private static Object copyOfValue(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copyOf(map);
            case List<?> list -> list.stream().filter(item -> item != null).map(ClaimsReader::copyOfValue).toList();
            case Long number -> number;
            case Integer number -> number.longValue();
            case Number number -> number.doubleValue();
            default -> value;
        };
    }
}
