package dev.tinysse.access.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.api.internal.OneLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a token says, whether it is valid or not. Pure functions. */
public final class TokenDescription {
    private TokenDescription() {}

    /**
     * The lines for people.
     *
     * @param text the token
     * @param claim with the rights
     * @param now what time it is
     * @return a line each for algorithm, key id, rights, times and other claims
     * @throws InvalidTokenException if it is no token at all
     */
    public static List<String> of(String text, String claim, Instant now) throws InvalidTokenException {
        ParsedToken token = ParsedToken.of(text);
        Map<String, Object> claims = token.claims();
        List<String> lines = new ArrayList<>();
        lines.add("algorithm: " + token.header.getAlgorithm());
        lines.add("key id: " + token.keyId().orElse("none"));
        claims.forEach((name, value) -> {
            if (name.equals(claim) && value instanceof Map<?, ?> rights) {
                lines.add("publish: " + shown(rights.get("publish")));
                lines.add("subscribe: " + shown(rights.get("subscribe")));
            } else if (List.of("exp", "nbf", "iat").contains(name) && value instanceof Number seconds) {
                lines.add(name + ": " + time(seconds, now));
            } else {
                lines.add(name + ": " + shown(value));
            }
        });
        return lines.stream().map(OneLine::of).toList();
    }

    private static String shown(Object value) {
        return switch (value) {
            case null -> "none";
            case List<?> list when list.stream().allMatch(String.class::isInstance) -> list.isEmpty()
                    ? "none"
                    : String.join(" ", list.stream().map(String.class::cast).toList());
            case Map<?, ?> map -> json(map);
            default -> String.valueOf(value);
        };
    }

    @SuppressWarnings("unchecked") // what has been read as JSON has names of text
    private static String json(Map<?, ?> map) {
        return JSONObjectUtils.toJSONString((Map<String, ?>) map);
    }

    private static String time(Number seconds, Instant now) {
        Instant time = Instant.ofEpochSecond(Math.clamp(seconds.longValue(), -1L << 32, 1L << 37));
        Duration left = Duration.between(now, time);
        String span = Duration.ofSeconds(left.abs().toSeconds()).toString().substring(2).toLowerCase(Locale.ROOT);
        return time + (left.isNegative() ? " (" + span + " ago)" : " (in " + span + ")");
    }
}
