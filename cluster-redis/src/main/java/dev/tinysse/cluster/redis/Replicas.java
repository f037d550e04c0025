package dev.tinysse.cluster.redis;

import java.time.Duration;
import redis.clients.jedis.Protocol;

/** The replicas that have to confirm what is in the log before any stream receives it. Safe for any thread. */
final class Replicas {
    private static final String KEY_MILLIS = "3600000";

    private final int count;
    private final Duration callTimeout;
    private final byte[] key;

    /**
     * The replicas of a cluster's backend.
     *
     * @param instance this node, which writes a key of its own
     */
    Replicas(ClusterConfig config, Keys keys, String instance) {
        count = config.replicas();
        callTimeout = config.callTimeout();
        key = keys.confirmation(instance);
    }

    /** Whether any has to confirm anything. */
    boolean areNeeded() {
        return count > 0;
    }

    /** Whether enough have what a connection has written, before the time is up. */
    boolean haveWritten(EngineConnection connection, Duration limit) throws EngineException {
        if (count == 0) {
            return true;
        }
        connection.timeout(limit.plus(callTimeout));
        Object reply = connection.call(Protocol.Command.WAIT, count, limit.toMillis());
        connection.timeout(callTimeout);
        return (Long) reply >= count;
    }

    /**
     * Writes something, so that {@link #haveWritten} tells of all that the connection has read before, too.
     *
     * @return whether that was possible
     */
    boolean mark(EngineConnection connection) throws EngineException {
        try {
            // extending the life of a key is possible, too, where Redis has no memory for a new one
            if ((Long) connection.call(Protocol.Command.PEXPIRE, key, KEY_MILLIS) == 0) {
                connection.call(Protocol.Command.SET, key, "", "PX", KEY_MILLIS);
            }
            return true;
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.FULL) {
                return false;
            }
            throw e;
        }
    }
}
