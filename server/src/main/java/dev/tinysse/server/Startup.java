package dev.tinysse.server;

import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.server.component.Component;
import dev.tinysse.server.component.Deadline;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.transport.Listener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Logs where the server listens, and runs {@code startup}.
 *
 * @param settings as configured
 * @param hooks of the script
 * @param listener that is bound
 * @param admin that is bound, if there is one
 */
record Startup(Settings settings, HookCalls hooks, Listener listener, Optional<AdminListener> admin)
        implements
            Component {
    private static final Logger LOG = System.getLogger("tinysse");

    @Override
    public void start() {
        lines(settings, listener.bound()).forEach(line -> LOG.log(Level.INFO, line));
        if (admin.isPresent()) {
            admin(admin.get().bound()).forEach(line -> LOG.log(Level.INFO, line));
        }
        if (!hooks.authorizesPublishers() && !settings.access().isOn()) {
            openToAnybody(listener.bound()).ifPresent(line -> LOG.log(Level.WARNING, line));
        }
        hooks.startup();
    }

    @Override
    public void stop(Deadline deadline) {
        // nothing is left of it
    }

    /**
     * The running server, its addresses, the URLs for publishers and subscribers, and the script.
     *
     * @param settings as configured
     * @param bound where it listens
     */
    static List<String> lines(Settings settings, List<Endpoint> bound) {
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
    static List<String> admin(List<Endpoint> bound) {
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
    static Optional<String> openToAnybody(List<Endpoint> bound) {
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
