package dev.tinysse.client.http;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a server's streams and publishers go. Immutable.
 *
 * @param tls whether the connection is encrypted
 * @param host name or address, without brackets
 * @param port 1 to 65535
 * @param path begins with a slash, percent-encoded
 * @param query with its question mark, percent-encoded; empty if there is none
 */
public record Address(boolean tls, String host, int port, String path, String query) {
    private static final String DEFAULT_PATH = "/sse";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @param url {@code http(s)://host[:port][/path][?query]}; without a path it is {@code /sse}
     * @throws IllegalArgumentException if it is none; the message shows neither query nor password
     */
    public static Address parse(String url) {
        int scheme = url.indexOf("://");
        String name = scheme < 0 ? "" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!name.equals("http") && !name.equals("https")) {
            throw new IllegalArgumentException("URL must begin with http:// or https://: " + withoutSecrets(url));
        }
        String rest = url.substring(scheme + 3);
        int fragment = rest.indexOf('#');
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        int query = rest.indexOf('?');
        String beforeQuery = query < 0 ? rest : rest.substring(0, query);
        int path = beforeQuery.indexOf('/');
        String authority = path < 0 ? beforeQuery : beforeQuery.substring(0, path);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "URL must not have a name and password, use TINYSSE_TOKEN or --token-file: " + withoutSecrets(url));
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        boolean tls = name.equals("https");
        String host = host(hasPort ? authority.substring(0, colon) : authority, url);
        int port = hasPort ? port(authority.substring(colon + 1), url) : tls ? HTTPS : HTTP;
        return new Address(tls, host, port, path < 0 ? DEFAULT_PATH : encoded(beforeQuery.substring(path)),
                query < 0 ? "" : encoded(rest.substring(query)));
    }

    private static String host(String text, String url) {
        boolean literal = text.startsWith("[") && text.endsWith("]");
        String host = literal ? text.substring(1, text.length() - 1) : text;
        if (host.isEmpty() || !literal && host.indexOf(':') >= 0
                || host.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "[]%\\\"<>^`{|}".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("URL must have a host: " + withoutSecrets(url));
        }
        return host.chars().allMatch(c -> c < 0x80) ? host : IDN.toASCII(host);
    }

    private static int port(String text, String url) {
        if (!text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("URL must have a port from 1 to 65535: " + withoutSecrets(url));
    }

    /** The characters that may stand in a request line: everything beyond printable ASCII becomes a percent code. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b != 0x7f && b != '"' && b != '<' && b != '>') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private static String withoutSecrets(String url) {
        int query = url.indexOf('?');
        String shown = query < 0 ? url : url.substring(0, query);
        int from = shown.indexOf("://") < 0 ? 0 : shown.indexOf("://") + 3;
        int at = shown.lastIndexOf('@');
        return at < from ? shown : shown.substring(0, from) + "…" + shown.substring(at);
    }

    /** {@return the same with a further segment of the path} */
    public Address child(String segment) {
        return new Address(tls, host, port, (path.endsWith("/") ? path : path + "/") + encoded(segment), query);
    }

    /** {@return the same with a further parameter, whose value needs no percent codes} */
    public Address with(String name, String value) {
        return new Address(tls, host, port, path, query + (query.isEmpty() ? "?" : "&") + name + "=" + value);
    }

    /** {@return whether the query has this parameter, with this value} */
    public boolean has(String name, String value) {
        return (query.replace('?', '&') + "&").contains("&" + name + "=" + value + "&");
    }

    /**
     * Where a redirect leads.
     *
     * @param location of the response
     * @throws IllegalArgumentException if it is no address
     */
    public Address resolve(String location) {
        if (location.contains("://") && location.indexOf("://") < (location + "/").indexOf('/')) {
            return parse(location);
        }
        if (location.startsWith("//")) {
            return parse((tls ? "https:" : "http:") + location);
        }
        String origin = origin();
        return parse(location.startsWith("/")
                ? origin + location
                : origin + path.substring(0, path.lastIndexOf('/') + 1) + location);
    }

    /** {@return whether both are of one scheme, host and port} */
    public boolean sameOrigin(Address other) {
        return origin().equalsIgnoreCase(other.origin());
    }

    /** {@return the target of a request} */
    public String target() {
        return path + query;
    }

    /** {@return the value of {@code Host}} */
    public String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (tls ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    private String origin() {
        return (tls ? "https://" : "http://") + authority();
    }

    /** The address as users see it, without the query, which may have a token in it. */
    @Override
    public String toString() {
        return origin() + path;
    }
}
