package dev.tinysse.access;

import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.routing.FormFields;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds tokens and API keys in requests. Immutable.
 *
 * @param cookie that may bring a token
 * @param query parameter that may bring a token
 * @param apiKeys whether there are API keys, so that the header for them has a meaning
 */
record Credentials(Optional<String> cookie, Optional<String> query, boolean apiKeys) {
    private static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
    private static final String SCHEME = "Bearer";

    /**
     * The credentials of a request; the same token in several places is one.
     *
     * @throws AccessDeniedException if there are two different ones
     */
    Optional<Credential> of(ServerRequest request) throws AccessDeniedException {
        List<String> keys = apiKeys
                ? request.headers().all(API_KEY, List::of).stream().map(String::strip).toList()
                : List.of();
        List<String> elsewhere = new ArrayList<>(bearer(request));
        query.ifPresent(name -> elsewhere.addAll(inQuery(request, name)));
        List<String> cookies = cookie.map(name -> inCookies(request, name)).orElse(List.of());
        List<String> all = new ArrayList<>(keys);
        all.addAll(elsewhere);
        all.addAll(cookies);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (all.stream().distinct().count() > 1) {
            throw Denials.twoTokens();
        }
        return Optional.of(new Credential(all.getFirst(), elsewhere.isEmpty() && cookies.isEmpty(),
                keys.isEmpty() && elsewhere.isEmpty()));
    }

    /** Tokens of the scheme; another scheme is no token, and nothing behind this one is an empty one. */
    private static List<String> bearer(ServerRequest request) {
        if (!request.headers().contains(HeaderNames.AUTHORIZATION)) {
            return List.of();
        }
        return request.headers().all(HeaderNames.AUTHORIZATION, List::of).stream().map(String::strip)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                        && (value.length() == SCHEME.length() || value.charAt(SCHEME.length()) == ' '))
                .map(value -> value.substring(SCHEME.length()).strip()).toList();
    }

    /** An empty parameter is none: pages send it that have no token. */
    private static List<String> inQuery(ServerRequest request, String name) {
        return FormFields.parseQuery(request.prologue().query().rawValue()).orElse(List.of()).stream()
                .filter(field -> field.name().equals(name) && !field.value().isEmpty()).map(FormFields.Field::value)
                .toList();
    }

    /** Cookies of a name (RFC 6265 section 4.2); an empty one is none. */
    private static List<String> inCookies(ServerRequest request, String name) {
        List<String> values = new ArrayList<>();
        for (String line : request.headers().all(HeaderNames.COOKIE, List::of)) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        values.removeIf(String::isEmpty);
        return values;
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
