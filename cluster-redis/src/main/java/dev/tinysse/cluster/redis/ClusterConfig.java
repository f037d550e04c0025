package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.LogConfig;
import java.time.Duration;

/**
 * How a node takes part in a cluster.
 *
 * @param address of the Redis server
 * @param name of the cluster; all its keys begin with it
 * @param timeout maximum time that a publication waits for Redis, more than zero
 * @param replicas how many replicas have to confirm a publication
 * @param node name of this node
 * @param limits what the cluster keeps
 */
record ClusterConfig(EngineAddress address, String name, Duration timeout, int replicas, String node,
        LogConfig limits) {
    /** Independent of the timeout of publications: a server that responds a little later is still connected. */
    private static final Duration MIN_CALL = Duration.ofSeconds(1);
    /** However long publications may wait. */
    private static final Duration MAX_CALL = Duration.ofSeconds(4);

    /** {@return the time limit of every call of Redis} */
    Duration callTimeout() {
        Duration atLeast = timeout.compareTo(MIN_CALL) < 0 ? MIN_CALL : timeout;
        return atLeast.compareTo(MAX_CALL) < 0 ? atLeast : MAX_CALL;
    }
}
