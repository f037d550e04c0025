package dev.tinysse.access;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.rights.Rights;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The sender of a request, whose token or API key has been verified. Immutable.
 *
 * @param rights what they may do
 * @param claims what their token says, or the name of their API key as {@code sub}; empty for one without
 * @param expires when their token is no longer valid; empty if that never is
 */
record Principal(Rights rights, Map<String, Object> claims, Optional<Instant> expires) implements Caller {
    /** The most that a stream ends before its token. */
    private static final long MAX_EARLIER_MILLIS = 30_000;
    private static final String SUB = "sub";

    /** An unauthenticated one. */
    static Principal anonymous(Rights rights) {
        return new Principal(rights, Map.of(), Optional.empty());
    }

    /** Whether there is neither a token nor an API key. */
    boolean isAnonymous() {
        return claims.isEmpty();
    }

    @Override
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
            case List<?> list -> list.stream().map(Principal::sortedValue).toList();
            default -> value;
        };
    }

    @Override
    public Optional<Instant> endOfStream(Instant now, RandomGenerator random) {
        return expires.map(end -> {
            long left = now.until(end, ChronoUnit.MILLIS);
            if (left <= 0) {
                return end;
            }
            return end.minusMillis(random.nextLong(Math.min(left / 10, MAX_EARLIER_MILLIS) + 1));
        });
    }

    @Override
    public void requirePublish(Collection<String> channels) throws AccessDeniedException {
        for (String channel : channels) {
            if (!rights.mayPublish(channel)) {
                throw denied("publish", channel);
            }
        }
    }

    @Override
    public void requireSubscribe(Collection<String> channels) throws AccessDeniedException {
        for (String channel : channels) {
            if (!rights.maySubscribe(channel)) {
                throw denied("subscribe", channel);
            }
        }
    }

    private AccessDeniedException denied(String deed, String channel) {
        return isAnonymous() ? Denials.noToken() : Denials.forbidden(deed, channel);
    }

    /** {@return the rights; claims are not for logs} */
    @Override
    public String toString() {
        return "Principal[" + rights + "]";
    }
}
