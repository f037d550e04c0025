package dev.tinysse.access;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a page that sent a request is one of those whose cookies count: browsers also send them for pages of others. Immutable.
 *
 * @param allowed origins that may call, by their names
 */
record Origins(Set<String> allowed) {

    boolean areTrusted(ServerRequest request) {
        List<String> origins = request.headers().all(HeaderNames.ORIGIN, List::of);
        return origins.size() == 1 && (allowed.contains(origins.getFirst()) || isOwn(origins.getFirst(), request));
    }

    /** A page over https is also taken for one of a server that speaks http: a proxy in front may speak TLS. */
    private static boolean isOwn(String origin, ServerRequest request) {
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        try {
            URI uri = new URI(origin);
            if (uri.getRawAuthority() == null || host.isEmpty()
                    || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return false;
            }
            if (request.isSecure() && uri.getScheme().equals("http")) {
                return false; // anybody between may have made that page
            }
            String port = uri.getScheme().equals("http") ? ":80" : ":443";
            return withoutPort(uri.getRawAuthority(), port).equals(withoutPort(host.get(), port));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(String authority, String port) {
        String lower = authority.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
