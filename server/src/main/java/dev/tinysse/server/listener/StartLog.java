package dev.tinysse.server.listener;

import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import dev.tinysse.server.sockets.Endpoint;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The log lines of a server that starts. */
public final class StartLog {
    private StartLog() {}

    /**
     * The running server, its addresses, the URLs for publishers and subscribers, and the script.
     *
     * @param settings as configured
     * @param bound where it listens
     */
    public static List<String> lines(Settings settings, List<Endpoint> bound) {
        List<String> lines = new ArrayList<>();
        lines.add("Started tinysse/" + Version.text());
        bound.forEach(endpoint -> lines.add("Listening on " + endpoint.text() + families(endpoint)));
        String base = base(bound.getFirst());
        String socket = bound.getFirst().isTcp() ? "" : ", as with curl --unix-socket " + bound.getFirst().name();
        lines.add("Publish with POST " + base + settings.http().pubPath() + ", subscribe with GET " + base
                + settings.http().subPath() + socket);
        settings.scripting().script().ifPresent(file -> lines.add("Script loaded: file=" + file));
        return lines;
    }

    /** Where operators are listened to. */
    public static List<String> admin(List<Endpoint> bound) {
        return bound.stream().map(endpoint -> "Admin listening on " + endpoint.text() + families(endpoint)).toList();
    }

    private static String base(Endpoint endpoint) {
        if (!endpoint.isTcp()) {
            return "http://localhost";
        }
        String host = isWildcard(endpoint) ? "127.0.0.1" : endpoint.name();
        return (endpoint.tls() ? "https://" : "http://") + host + ":" + endpoint.port();
    }

    /** A warning if other machines reach the server and no hook authorizes publishers. */
    public static Optional<String> openToAnybody(List<Endpoint> bound) {
        return bound.stream().filter(endpoint -> endpoint.ip().filter(ip -> !ip.isLoopbackAddress()).isPresent())
                .findFirst()
                .map(endpoint -> "Publishing is unauthenticated: listen=" + endpoint.text() + " (set --jwt-key or"
                        + " --api-keys, define a publish hook in a --script, or set --listen to a loopback address"
                        + " behind a reverse proxy with authentication)");
    }

    /** Adds the family to a wildcard address, which does not show it. */
    private static String families(Endpoint endpoint) {
        if (!isWildcard(endpoint)) {
            return "";
        }
        return endpoint.ip().get() instanceof Inet4Address ? " (IPv4 only)" : " (IPv6 and IPv4)";
    }

    private static boolean isWildcard(Endpoint endpoint) {
        return endpoint.ip().filter(InetAddress::isAnyLocalAddress).isPresent();
    }
}
