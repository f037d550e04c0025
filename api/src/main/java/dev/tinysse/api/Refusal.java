package dev.tinysse.api;

import dev.tinysse.api.internal.Tokens;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a hook refuses a publication or a subscription: the response to its client. Immutable.
 *
 * <p>A refusal that exists can be sent: what would break the response is refused here, once. A browser's {@code EventSource}
 * gives up at any of these statuses; {@code 204} is the one that
 * <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML section 9.2</a> names for that.
 *
 * @param status 204, which has no body, or 400 to 599
 * @param error the text for the client, as the {@code error} of a JSON object; without it the server's own words
 * @param headers further headers of the response: names are tokens (RFC 9110 section 5.6.2), values are printable ASCII, which
 *        may have spaces and tabs within; none that belong to the connection or to the body; at most 8192 characters together
 */
public record Refusal(int status, Optional<String> error, Map<String, String> headers) {
    private static final int NO_CONTENT = 204;
    /** Clients and proxies refuse longer ones. */
    private static final int MAX_HEADERS = 8192;
    private static final Set<String> SET_BY_THE_SERVER = Set.of("connection", "content-encoding", "content-length",
            "content-type", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    /** Status 403 with the server's own words. */
    public static final Refusal DEFAULT = new Refusal(403, Optional.empty(), Map.of());

    /** Checks status and headers, and copies the headers in their order. */
    public Refusal {
        if (status != NO_CONTENT && (status < 400 || status > 599)) {
            throw new IllegalArgumentException("status must be 204 or 400 to 599: status=" + status);
        }
        Objects.requireNonNull(error);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            requireHeader(name, value);
            if (!names.add(name)) {
                throw new IllegalArgumentException("header must not occur twice: header=" + name);
            }
        });
        requireSize(headers);
    }

    /**
     * A refusal without headers.
     *
     * @param status 204 or 400 to 599
     * @param error the text for the client, not null
     * @return the refusal
     * @throws IllegalArgumentException if the status is another
     */
    public static Refusal of(int status, String error) {
        return new Refusal(status, Optional.of(error), Map.of());
    }

    /**
     * This refusal with one more header.
     *
     * @param name of the header, not null
     * @param value its value, not null
     * @return the new refusal
     * @throws IllegalArgumentException if the header could not be sent, or is there already; the text says why
     */
    public Refusal withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        if (more.put(name, value) != null) {
            throw new IllegalArgumentException("header must not occur twice: header=" + name);
        }
        return new Refusal(status, error, more);
    }

    private static void requireSize(Map<String, String> headers) {
        long size = headers.entrySet().stream()
                .mapToLong(header -> header.getKey().length() + header.getValue().length()).sum();
        if (size > MAX_HEADERS) {
            throw new IllegalArgumentException(
                    "headers must have at most %d characters together: characters=%d".formatted(MAX_HEADERS, size));
        }
    }

    private static void requireHeader(String name, String value) {
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("name of a header must be a token: header=" + name);
        }
        if (SET_BY_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header is set by the server alone: header=" + name);
        }
        value.chars().filter(c -> (c < ' ' || c > '~') && c != '\t').findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(
                    "value of a header must be printable ASCII: header=%s has U+%04X".formatted(name, c));
        });
        if (!value.equals(value.strip())) {
            throw new IllegalArgumentException("value of a header must not begin or end with a space: header=" + name);
        }
    }
}
