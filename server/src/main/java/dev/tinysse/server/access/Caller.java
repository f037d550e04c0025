package dev.tinysse.server.access;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.server.rights.Rights;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The sender of a request. Immutable.
 *
 * @param rights what they may do
 * @param claims what their token says, or the name of their API key as {@code sub}; empty for one without
 * @param expires when their token is no longer valid; empty if that never is
 */
public record Caller(Rights rights, Map<String, Object> claims, Optional<Instant> expires) {
    /** The most that a stream ends before its token. */
    private static final long MAX_EARLIER_MILLIS = 30_000;
    private static final String SUB = "sub";

    /** An unauthenticated one. */
    static Caller anonymous(Rights rights) {
        return new Caller(rights, Map.of(), Optional.empty());
    }

    /** Whether there is neither a token nor an API key. */
    boolean isAnonymous() {
        return claims.isEmpty();
    }

    /**
     * The identity of this caller: of a token its issuer and its {@code sub}, or all claims if it has no {@code sub}; of an API key
     * its name.
     *
     * @return a text, the same for each request of the caller; empty for one without token and API key
     */
    public Optional<String> identity() {
        if (isAnonymous()) {
            return Optional.empty();
        }
        if (expires.isEmpty()) {
            return Optional.of("key " + claims.get(SUB));
        }
        if (!claims.containsKey(SUB)) {
            return Optional.of("claims " + JSONObjectUtils.toJSONString(sorted(claims)));
        }
        String issuer = claims.get("iss") instanceof String text ? text.length() + " " + text : "none";
        return Optional.of("token %s %s".formatted(issuer, claims.get(SUB)));
    }

    /** The order of claims is not the same in every process. */
    private static Map<String, Object> sorted(Map<?, ?> claims) {
        Map<String, Object> sorted = new TreeMap<>();
        claims.forEach((name, value) -> sorted.put((String) name, sortedValue(value)));
        return sorted;
    }

    private static Object sortedValue(Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(map);
            case List<?> list -> list.stream().map(Caller::sortedValue).toList();
            default -> value;
        };
    }

    /**
     * When a stream of theirs ends: at a random moment in the last tenth of what is left, at most 30 s before the token expires, so that
     * clients that received their tokens together do not reconnect together.
     *
     * @param now what time it is
     * @param random where the moment comes from
     * @return the moment; empty if it does not end for that
     */
    public Optional<Instant> endOfStream(Instant now, RandomGenerator random) {
        return expires.map(end -> {
            long left = now.until(end, ChronoUnit.MILLIS);
            if (left <= 0) {
                return end;
            }
            return end.minusMillis(random.nextLong(Math.min(left / 10, MAX_EARLIER_MILLIS) + 1));
        });
    }

    /** {@return the rights; claims are not for logs} */
    @Override
    public String toString() {
        return "Caller[" + rights + "]";
    }
}
