package dev.tinysse.admin;

import dev.tinysse.server.sockets.Authority;
import dev.tinysse.server.sockets.Endpoint;
import dev.tinysse.server.sockets.IpAddresses;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names by which browsers may call the listener, and the pages that may send requests to it. With any other name a page could read
 * it whose own name resolves to this machine (DNS rebinding); a page of another port is one of another server. Immutable.
 *
 * @param names in lower case, IPv6 addresses in brackets
 * @param origins names with the port of a reverse proxy or a tunnel before the listener
 */
record AdminHosts(Set<String> names, Set<Authority> origins) {
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * The names of a listener.
     *
     * @param endpoints where it listens
     * @param hosts names beside its own and those of loopback; with a port, the one by which browsers reach it
     */
    static AdminHosts of(List<Endpoint> endpoints, List<Authority> hosts) {
        Set<String> names = new HashSet<>(Set.of("localhost", "[::1]"));
        hosts.forEach(host -> names.add(host.name()));
        for (Endpoint endpoint : endpoints) {
            if (endpoint.isTcp()) {
                names.add(endpoint.name().toLowerCase(Locale.ROOT));
                endpoint.ip().ifPresent(ip -> names.add(bracketed(IpAddresses.text(ip))));
            }
        }
        return new AdminHosts(Set.copyOf(names), hosts.stream().filter(host -> host.port().isPresent())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whether a {@code Host} is one of the names, with any port: a tunnel has one of its own.
     *
     * @param host with or without a port
     * @param local the address that the client has connected to, whose literal is not a name that resolves to something else
     */
    boolean contains(String host, Local local) {
        return Authority.parse(host).filter(authority -> isName(authority.name(), local)).isPresent();
    }

    /**
     * Whether an {@code Origin} has one of the names with the scheme and the port of the listener, or is a name and a port that
     * {@code --admin-host} has.
     *
     * @param origin as browsers send it: without a port that is the default of its scheme
     * @param local that the client has connected to
     */
    boolean containsOrigin(String origin, Local local) {
        int end = origin.indexOf("://");
        String scheme = end < 0 ? "" : origin.substring(0, end);
        if (!scheme.equals(HTTP) && !scheme.equals(HTTPS)) {
            return false;
        }
        Optional<Authority> parsed = Authority.parse(origin.substring(end + "://".length()));
        if (parsed.isEmpty()) {
            return false;
        }
        boolean secure = scheme.equals(HTTPS);
        int port = parsed.get().port().orElse(secure ? HTTPS_PORT : HTTP_PORT);
        String name = parsed.get().name();
        return secure == local.secure() && port == local.port() && isName(name, local)
                || origins.stream().anyMatch(host -> host.name().equals(name) && host.port().getAsInt() == port);
    }

    private boolean isName(String name, Local local) {
        return names.contains(name) || isLoopback(name) || name.equals(bracketed(local.ip()));
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    private static boolean isLoopback(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    /**
     * The end of a connection at the listener.
     *
     * @param ip as a literal, or {@code unix}
     * @param port 0 for a Unix domain socket
     * @param secure whether the connection speaks TLS
     */
    record Local(String ip, int port, boolean secure) {}
}
