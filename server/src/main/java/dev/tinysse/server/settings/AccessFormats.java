package dev.tinysse.server.settings;

import dev.tinysse.server.rights.Rights;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The formats of the options about tokens. */
final class AccessFormats {
    /** Names of RFC 7518, RFC 8037 and RFC 9864. */
    static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
            "ES384",
            "ES512", "EdDSA", "Ed25519", "HS256", "HS384", "HS512");
    private static final int MAX_PORT = 65_535;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Set<String> OWN_PARAMETERS = Set.of("channel", "last_event_id", "since", "last", "envelope",
            "presence");
    private static final Pattern PARAMETER = Pattern.compile("[0-9A-Za-z_.~-]+");

    private AccessFormats() {}

    static boolean isHmac(String algorithm) {
        return algorithm.startsWith("HS");
    }

    static boolean isParameter(String text) {
        return PARAMETER.matcher(text).matches() && !OWN_PARAMETERS.contains(text);
    }

    static Optional<Rights> rights(String text) {
        return text.strip().equals("none")
                ? Optional.of(Rights.NONE)
                : Format.items(text, Optional::of).flatMap(Rights::parse);
    }

    /** A URL without a name or password, which would be logged. */
    static Optional<URI> keySet(String text) {
        try {
            URI uri = new URI(text);
            boolean safe = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && uri.getHost() != null
                            && LOOPBACK.matcher(uri.getHost()).matches();
            return safe && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= MAX_PORT
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
