package dev.tinysse.server.proxies;

import dev.tinysse.server.sockets.IpAddresses;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * The other end of a request.
 *
 * @param ip its address in digits, or {@value #UNIX}
 * @param port its port; 0 where that is not known
 * @param secure whether it speaks TLS
 */
public record Client(String ip, int port, boolean secure) {
    /** Stands for the address of one that comes through a Unix domain socket. */
    public static final String UNIX = "unix";

    private static final int MAX_PORT = 65_535;

    /** The same with another address: {@code 192.0.2.7}, {@code 192.0.2.7:80}, {@code [2001:db8::1]:80}, or without the brackets. */
    Optional<Client> at(String node) {
        int bracket = node.lastIndexOf(']');
        int colon = node.lastIndexOf(':');
        boolean hasPort = colon > bracket && (bracket > 0 || node.indexOf(':') == colon);
        String host = hasPort ? node.substring(0, colon) : node;
        if (bracket > 0 && host.length() != bracket + 1) {
            return Optional.empty();
        }
        String plain = host.startsWith("[") && bracket > 0 ? host.substring(1, bracket) : host;
        Optional<InetAddress> address = IpAddresses.parse(plain);
        int found = hasPort ? port(node.substring(colon + 1)) : 0;
        return address.map(ip -> new Client(IpAddresses.text(ip), found, secure));
    }

    /** A port; 0 for a name that hides it (RFC 7239 section 6.2). */
    private static int port(String text) {
        boolean number = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(text) : 0;
        return port <= MAX_PORT ? port : 0;
    }

    /** The same, speaking what a proxy says: {@code http} or {@code https}. */
    Client speaking(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> new Client(ip, port, true);
            case "http" -> new Client(ip, port, false);
            default -> this;
        };
    }
}
