package dev.tinysse.server;

import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.settings.Version;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The log lines of a server that starts. */
final class StartLog {
    private StartLog() {}

    /**
     * What is running, where it listens, and where to publish and subscribe.
     *
     * @param settings as configured
     * @param bound the address, with its real port
     */
    static List<String> lines(Settings settings, InetSocketAddress bound) {
        String base = "http://" + (bound.getAddress().isAnyLocalAddress()
                ? "127.0.0.1:" + bound.getPort()
                : address(settings, bound));
        return List.of("Started tinysse/" + Version.text(),
                "Listening on " + address(settings, bound) + families(bound.getAddress()),
                "Publish with POST " + base + settings.http().pubPath() + ", subscribe with GET " + base
                        + settings.http().subPath());
    }

    /** A warning if other machines reach the server and no hook decides who may publish. */
    static Optional<String> openToAnybody(Settings settings, InetSocketAddress bound) {
        if (bound.getAddress().isLoopbackAddress()) {
            return Optional.empty();
        }
        return Optional.of("Anybody who reaches " + address(settings, bound) + " may publish: there is no publish hook"
                + " (define one in a --script, or --listen on loopback behind a proxy that decides)");
    }

    private static String address(Settings settings, InetSocketAddress bound) {
        String host = settings.listen().host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }

    /** Adds the family to a wildcard address, which does not show it. */
    private static String families(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return "";
        }
        return address instanceof Inet4Address ? " (IPv4 only)" : " (IPv6 and IPv4)";
    }
}
