package dev.tinysse.server.cors;

import dev.tinysse.server.settings.AllowList;
import dev.tinysse.server.settings.Settings;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which origins may read a response, and what a preflight allows them. Immutable; any thread may ask, and asking costs a
 * look-up at most, because every response is made with the policy.
 */
public final class CorsPolicy {
    private static final String ANY = "*";
    private static final Header VARY_ON_ORIGIN = HeaderValues.createCached(HeaderNames.VARY, "Origin");
    private static final Header VARY_ON_PREFLIGHT = HeaderValues.createCached(HeaderNames.VARY,
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    private static final Header CREDENTIALS = HeaderValues
            .createCached(HeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");

    private final Map<String, List<Header>> listed;
    private final List<Header> others;
    private final List<Header> preflight;

    /**
     * Makes a policy. A list that is {@code *} alone allows everything, an empty one nothing.
     *
     * @param origins origins as browsers send them, such as {@code https://app.example:8443}; compared exactly
     * @param methods request methods
     * @param headers names of request headers, also beside a {@code *}, in which browsers do not count {@code Authorization}
     * @param credentials whether credentialed requests are allowed, from listed origins only
     * @param maxAge how long a browser may remember a preflight; a part of a second is cut off
     * @throws IllegalArgumentException when credentials meet a {@code *}, which browsers then take for a plain name
     */
    public CorsPolicy(List<String> origins, List<String> methods, List<String> headers, boolean credentials,
            Duration maxAge) {
        if (credentials && (origins.contains(ANY) || methods.contains(ANY) || headers.contains(ANY))) {
            throw new IllegalArgumentException("credentials need lists without *: origins=" + origins + " methods="
                    + methods + " headers=" + headers);
        }
        listed = origins.stream().filter(origin -> !origin.equals(ANY)).distinct()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), origin -> allowed(origin, credentials)));
        others = List.of(origins.contains(ANY)
                ? HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                : VARY_ON_ORIGIN);
        preflight = List.of(VARY_ON_PREFLIGHT, joined(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, methods),
                joined(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers),
                HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, maxAge.toSeconds()));
    }

    /**
     * The policy that is configured.
     *
     * @param tokens whether tokens are in use: browsers do not count {@code Authorization} in a star, so it is named then
     */
    public static CorsPolicy of(Settings.Cors cors, boolean tokens) {
        List<String> headers = cors.allowHeaders().any() && tokens
                ? List.of(ANY, HeaderNames.AUTHORIZATION.defaultCase())
                : names(cors.allowHeaders());
        return new CorsPolicy(names(cors.allowOrigin()), names(cors.allowMethods()), headers,
                cors.allowCredentials(), cors.maxAge());
    }

    private static List<String> names(AllowList list) {
        return list.any() ? List.of(ANY) : list.names();
    }

    /**
     * The headers of every response to a request from this origin.
     *
     * @param origin the request's {@code Origin}, exactly as sent; empty when it has none
     * @return the headers, unmodifiable
     */
    public List<Header> headersFor(String origin) {
        return listed.getOrDefault(origin, others);
    }

    /**
     * The further headers of the response to a preflight, on top of {@link #headersFor}. Its {@code Vary} replaces the one there.
     */
    List<Header> preflightHeaders() {
        return preflight;
    }

    private static List<Header> allowed(String origin, boolean credentials) {
        var allowOrigin = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        return credentials ? List.of(allowOrigin, VARY_ON_ORIGIN, CREDENTIALS) : List.of(allowOrigin, VARY_ON_ORIGIN);
    }

    private static Header joined(HeaderName name, List<String> values) {
        return HeaderValues.createCached(name, String.join(", ", values));
    }
}
