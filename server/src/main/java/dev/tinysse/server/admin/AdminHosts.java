package dev.tinysse.server.admin;

import dev.tinysse.server.proxies.IpAddresses;
import dev.tinysse.server.sockets.Endpoint;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which browsers may call the listener. With any other name a page of somebody else could read it, whose name has been
 * pointed here (DNS rebinding). Immutable.
 *
 * @param names in lower case, IPv6 addresses in brackets
 */
record AdminHosts(Set<String> names) {
    static AdminHosts of(AdminConfig config) {
        Set<String> names = new HashSet<>(Set.of("localhost", "[::1]"));
        names.addAll(config.hosts());
        for (Endpoint endpoint : config.endpoints()) {
            if (endpoint.isTcp()) {
                names.add(endpoint.name().toLowerCase(Locale.ROOT));
                endpoint.ip().ifPresent(ip -> names.add(bracketed(IpAddresses.text(ip))));
            }
        }
        return new AdminHosts(Set.copyOf(names));
    }

    /**
     * Whether a {@code Host} is one of them.
     *
     * @param host with or without a port
     * @param local the address that the client has connected to, in figures, which is no name that anybody could point here
     */
    boolean contains(String host, String local) {
        String name = withoutPort(host.toLowerCase(Locale.ROOT));
        return names.contains(name) || isLoopback(name) || name.equals(bracketed(local));
    }

    /** Whether an {@code Origin} has one of them. */
    boolean containsOrigin(String origin, String local) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && contains(origin.substring(scheme + "://".length()), local);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
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
}
