package dev.tinysse.cluster.redis;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.HostAndPort;

/**
 * The addresses of Redis, and the credentials.
 *
 * @param hosts the Redis server, or the sentinels that know it
 * @param master the name by which the sentinels know it; empty without sentinels
 * @param user of Redis; empty for its default user
 * @param password of the user
 * @param database its number
 * @param tls whether connections are encrypted
 */
record EngineAddress(List<HostAndPort> hosts, Optional<String> master, Optional<String> user, Optional<String> password,
        int database, boolean tls) {
    /** The schemes of addresses. */
    static final Set<String> SCHEMES = Set.of("redis", "rediss", "redis-sentinel");
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int MAX_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none; the text says why, without user and password
     */
    static EngineAddress of(URI uri) {
        boolean sentinels = uri.getScheme().equals("redis-sentinel");
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("needs a host");
        }
        int at = authority.lastIndexOf('@');
        List<HostAndPort> hosts = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",", -1)) {
            hosts.add(host(host, sentinels ? SENTINEL_PORT : PORT));
        }
        if (hosts.size() > 1 && !sentinels) {
            throw new IllegalArgumentException("has one host, and there are " + hosts.size());
        }
        String[] path = uri.getRawPath().isEmpty() ? new String[0] : uri.getRawPath().substring(1).split("/", -1);
        Optional<String> master = sentinels ? Optional.of(master(path)) : Optional.empty();
        String[] login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
        return new EngineAddress(List.copyOf(hosts), master,
                login.length > 1 ? text(login[0]).filter(user -> !user.isEmpty()) : Optional.empty(),
                login.length == 0 ? Optional.empty() : text(login[login.length - 1]).filter(word -> !word.isEmpty()),
                database(path, sentinels ? 1 : 0), "rediss".equals(uri.getScheme()));
    }

    private static HostAndPort host(String text, int port) {
        int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']') + 1) : text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String host = bracketed ? name.substring(1, name.length() - 1) : name;
        if (host.isEmpty() || !bracketed && host.contains(":") || host.contains("[") || host.contains("]")) {
            throw new IllegalArgumentException("needs a host");
        }
        return EngineHosts.of(host, colon < 0 ? port : number(text.substring(colon + 1), "a port", 1, MAX_PORT));
    }

    private static String master(String[] path) {
        if (path.length == 0 || path[0].isEmpty()) {
            throw new IllegalArgumentException("needs the name of the master behind the hosts: host:port/MASTER");
        }
        return text(path[0]).orElseThrow();
    }

    private static int database(String[] path, int index) {
        if (path.length > index + 1) {
            throw new IllegalArgumentException("has nothing behind the number of the database");
        }
        return path.length <= index || path[index].isEmpty()
                ? 0
                : number(path[index], "the number of a database", 0, Integer.MAX_VALUE);
    }

    private static int number(String text, String what, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw new IllegalArgumentException("needs %s, and \"%s\" is none".formatted(what, text));
    }

    private static Optional<String> text(String encoded) {
        return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Where it is, without user and password. */
    @Override
    public String toString() {
        String where = String.join(",", hosts.stream().map(HostAndPort::toString).toList());
        return master.map(name -> where + "/" + name).orElse(where);
    }
}
