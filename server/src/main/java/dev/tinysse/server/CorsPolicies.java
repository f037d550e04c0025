package dev.tinysse.server;

import dev.tinysse.server.cors.CorsPolicy;
import dev.tinysse.server.settings.AllowList;
import dev.tinysse.server.settings.Settings;
import io.helidon.http.HeaderNames;
import java.util.List;

/** Makes the policy for pages of other origins. */
final class CorsPolicies {
    private static final AllowList METHODS = AllowList.of(List.of("GET", "HEAD", "POST"));

    private CorsPolicies() {}

    /** Browsers do not count Authorization in a star, so it is named where tokens are in use. */
    static CorsPolicy of(Settings.Cors cors, boolean tokens) {
        List<String> headers = cors.allowHeaders().any() && tokens
                ? List.of("*", HeaderNames.AUTHORIZATION.defaultCase())
                : names(cors.allowHeaders());
        return new CorsPolicy(names(cors.allowOrigin()), names(cors.allowMethods().orElse(METHODS)), headers,
                cors.allowCredentials(), cors.maxAge());
    }

    private static List<String> names(AllowList list) {
        return list.any() ? List.of("*") : list.names();
    }
}
