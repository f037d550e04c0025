package dev.tinysse.cluster.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/** Finds the Redis server, connects to it, and checks whether it can be used. Safe for any thread. */
final class Engine {
    private static final int MIN_MAJOR = 6;
    private static final int MIN_MINOR = 2;

    private final EngineAddress address;
    private final Duration timeout;

    Engine(EngineAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Where the master is. */
    HostAndPort master() throws EngineException {
        if (address.master().isEmpty()) {
            return address.hosts().getFirst();
        }
        List<HostAndPort> sentinels = new ArrayList<>(address.hosts());
        Collections.shuffle(sentinels);
        EngineException last = null;
        for (HostAndPort sentinel : sentinels) {
            try {
                Optional<HostAndPort> found = ask(sentinel);
                if (found.isPresent()) {
                    return found.get();
                }
                last = new EngineException(EngineException.Kind.UNFIT,
                        "sentinel %s knows no master %s".formatted(sentinel, address.master().get()));
            } catch (EngineException e) {
                last = e;
            }
        }
        throw last;
    }

    private Optional<HostAndPort> ask(HostAndPort sentinel) throws EngineException {
        try {
            return ask(sentinel, false);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.LOGIN) {
                return ask(sentinel, true);
            }
            throw e;
        }
    }

    private Optional<HostAndPort> ask(HostAndPort sentinel, boolean login) throws EngineException {
        EngineAddress plain = new EngineAddress(address.hosts(), address.master(), address.user(), address.password(),
                0,
                false);
        try (EngineConnection connection = new EngineConnection(sentinel, plain, login, timeout)) {
            Object reply = connection.call(Protocol.Command.SENTINEL, "get-master-addr-by-name",
                    address.master().orElseThrow());
            return reply instanceof List<?> found
                    ? Optional.of(EngineHosts.of(EngineConnection.text(found.get(0)),
                            Integer.parseInt(EngineConnection.text(found.get(1)))))
                    : Optional.empty();
        }
    }

    /** A connection to the server at this address. */
    EngineConnection connect(HostAndPort host) throws EngineException {
        return new EngineConnection(host, address, true, timeout);
    }

    /**
     * The properties that Redis reports.
     *
     * @param version its version
     * @param run tells one start of it from another
     * @param eviction what it does when its memory is full, as {@code maxmemory-policy} is written; empty if it does not tell
     * @param isClustered whether it is a part of a Redis Cluster
     */
    record Condition(String version, String run, String eviction, boolean isClustered) {
        boolean mayEvict() {
            return !eviction.isEmpty() && !eviction.equals("noeviction");
        }
    }

    /** Checks whether the server can be used. */
    Condition check(EngineConnection connection) throws EngineException {
        Map<String, String> info = new TreeMap<>();
        for (String section : new String[]{"server", "memory", "replication"}) {
            EngineConnection.text(connection.call(Protocol.Command.INFO, section)).lines().forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    info.put(line.substring(0, colon), line.substring(colon + 1));
                }
            });
        }
        String version = info.getOrDefault("redis_version", "");
        if (isTooOld(version)) {
            throw new EngineException(EngineException.Kind.UNFIT, "%s is too old: version=%s; %d.%d or later is needed"
                    .formatted(connection.host(), version, MIN_MAJOR, MIN_MINOR));
        }
        boolean clustered = "cluster".equals(info.getOrDefault("redis_mode", info.get("server_mode")));
        if (!clustered && !info.getOrDefault("role", "master").equals("master")) {
            throw new EngineException(EngineException.Kind.UNFIT, connection.host() + " is no master");
        }
        return new Condition(info.getOrDefault("valkey_version", version), info.getOrDefault("run_id", ""),
                info.getOrDefault("maxmemory_policy", ""), clustered);
    }

    /** All servers of the Redis Cluster of a server. */
    static Set<HostAndPort> members(EngineConnection connection) throws EngineException {
        Set<HostAndPort> members = new LinkedHashSet<>();
        for (Object range : (List<?>) connection.call(Protocol.Command.CLUSTER, "SLOTS")) {
            List<?> parts = (List<?>) range;
            for (Object part : parts.subList(2, parts.size())) {
                List<?> member = (List<?>) part;
                if (member.get(0) instanceof byte[] host && host.length > 0) {
                    members.add(EngineHosts.of(EngineConnection.text(host),
                            Math.toIntExact((Long) member.get(1))));
                }
            }
        }
        return members;
    }

    private static boolean isTooOld(String version) {
        String[] numbers = version.split("\\.");
        try {
            int major = Integer.parseInt(numbers[0]);
            return major < MIN_MAJOR
                    || major == MIN_MAJOR && (numbers.length < 2 || Integer.parseInt(numbers[1]) < MIN_MINOR);
        } catch (NumberFormatException e) {
            return false; // somebody's own numbers
        }
    }
}
