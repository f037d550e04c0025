package dev.tinysse.cluster.redis;

import dev.tinysse.api.internal.LogThrottle;
import dev.tinysse.broker.log.Peer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Protocol;

/** The reports of nodes to each other, about twice per second. For the thread that sends them; others may ask which nodes are present. */
final class Nodes {
    private static final Logger LOG = System.getLogger("tinysse");
    /** A node that has not been heard of for so long is gone. */
    private static final long GONE_MILLIS = 5000;
    private static final String LOG_MILLIS = "60000";
    private static final String LOG_RECORDS = "1000";
    private static final int STATE_SECONDS = 60;

    private final ClusterConfig config;
    private final String instance;
    private final Keys keys;
    private final LogThrottle warnings = LogThrottle.once();
    private final Map<String, Other> others = new HashMap<>();
    private volatile Optional<Peer> here = Optional.empty();
    private volatile Set<String> present = Set.of();
    private long version;
    private byte[] state = new byte[0];
    private long stored;
    private boolean changed;

    /** Another node, the version of its state that is known, and when it was heard of. */
    private record Other(String version, long heard) {}

    Nodes(ClusterConfig config, String instance, Keys keys) {
        this.config = config;
        this.instance = instance;
        this.keys = keys;
    }

    void join(Peer peer) {
        here = Optional.of(peer);
    }

    /** The other nodes that are there. */
    Set<String> present() {
        return present;
    }

    /** Puts the state of this node where the others find it, if it has changed, or before it is forgotten there. */
    void store(EngineConnection connection, boolean always) throws EngineException {
        here.flatMap(Peer::state).ifPresent(now -> {
            state = now;
            version++;
            changed = true;
        });
        boolean old = System.nanoTime() - stored > TimeUnit.SECONDS.toNanos(STATE_SECONDS / 3);
        if (changed || old || always) {
            connection.call(Protocol.Command.SET, keys.nodeState(instance), state, "EX", STATE_SECONDS);
            stored = System.nanoTime();
            changed = false;
        }
    }

    /** The last arguments of {@link Script#BEAT}. */
    List<byte[]> arguments() {
        return List.of(EngineConnection.bytes(instance),
                EngineConnection.bytes(version + " " + limits() + " " + config.node()),
                EngineConnection.bytes(String.valueOf(GONE_MILLIS)), EngineConnection.bytes(LOG_MILLIS),
                EngineConnection.bytes(LOG_RECORDS));
    }

    /** Other nodes are there, and say what they are. */
    void told(EngineConnection connection, List<?> rows) throws EngineException {
        long now = System.nanoTime();
        List<String> there = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += 2) {
            String node = EngineConnection.text(rows.get(i));
            if (!node.equals(instance)) {
                there.add(node);
                String[] row = EngineConnection.text(rows.get(i + 1)).split(" ", 3);
                compare(row[2], row[1]);
                read(connection, node, row[0], now);
            }
        }
        present = Set.copyOf(there);
        for (String node : List.copyOf(others.keySet())) {
            if (!present.contains(node)) {
                gone(node, now);
            }
        }
    }

    /** The other nodes are unknown for as long as Redis was not connected. */
    void unheard() {
        long now = System.nanoTime();
        for (Map.Entry<String, Other> other : List.copyOf(others.entrySet())) {
            if (now - other.getValue().heard() > TimeUnit.MILLISECONDS.toNanos(GONE_MILLIS)) {
                gone(other.getKey(), now);
            }
        }
        present = Set.copyOf(others.keySet());
    }

    private void gone(String node, long now) {
        Other last = others.remove(node);
        here.ifPresent(peer -> peer.gone(node,
                Duration.ofMillis(GONE_MILLIS).plusNanos(Math.max(0, now - last.heard() - GONE_MILLIS * 1_000_000))));
    }

    private void read(EngineConnection connection, String node, String itsVersion, long now) throws EngineException {
        Other known = others.get(node);
        boolean same = known != null && known.version().equals(itsVersion);
        if (!same && here.isPresent()
                && connection.call(Protocol.Command.GET, (Object) keys.nodeState(node)) instanceof byte[] its
                && its.length > 0) {
            here.get().reported(node, its);
        }
        others.put(node, new Other(itsVersion, now));
    }

    private void compare(String name, String itsLimits) {
        if (!itsLimits.equals(limits()) && warnings.isDue(itsLimits + " " + name)) {
            LOG.log(Level.WARNING,
                    "node %s has other history limits: count,age,size=%s here=%s; configure all nodes alike"
                            .formatted(name, itsLimits, limits()));
        }
    }

    private String limits() {
        return config.limits().count() + "," + config.limits().age().toMillis() + "ms,"
                + (config.limits().count() == 0 ? 0 : config.limits().size());
    }
}
