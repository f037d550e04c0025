package dev.tinysse.server.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The elements of the lists of the CORS options.
 */
final class CorsNames {
    private CorsNames() {}

    /** A list with commas, {@code *} alone, or an empty text, which allows nothing. */
    static Optional<AllowList> parse(String text, Predicate<String> check) {
        if (text.isBlank()) {
            return Optional.of(AllowList.of(List.of()));
        }
        if (text.strip().equals("*")) {
            return Optional.of(AllowList.ANY);
        }
        return Format.items(text, name -> Optional.of(name).filter(check).filter(one -> !one.equals("*")))
                .map(AllowList::of);
    }

    /**
     * Whether a browser can send this as its {@code Origin} (RFC 6454, section 6.2): scheme, host, and the port unless it
     * is the scheme's own, in lower case and with nothing behind, or {@code null}. No other text would ever match.
     */
    static boolean isOrigin(String text) {
        if (text.equals("null")) {
            return true;
        }
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null && uri.getHost() != null && uri.getPort() != ownPort(uri.getScheme())
                    && text.equals(origin(uri)) && text.equals(text.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static int ownPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }
}
