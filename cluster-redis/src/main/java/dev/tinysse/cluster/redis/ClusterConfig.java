package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.LogConfig;
import java.time.Duration;

/**
 * How a node takes part in a cluster.
 *
 * @param address of the engine
 * @param name of the cluster; all its keys begin with it
 * @param timeout how long a publication may wait for the engine, more than zero
 * @param replicas how many replicas have to confirm a publication
 * @param node name of this node
 * @param limits what the cluster keeps
 */
record ClusterConfig(EngineAddress address, String name, Duration timeout, int replicas, String node,
        LogConfig limits) {
    /** However soon publications are refused: an engine that needs a moment longer is there all the same. */
    private static final Duration MIN_CALL = Duration.ofSeconds(1);
    /** However long publications may wait. */
    private static final Duration MAX_CALL = Duration.ofSeconds(4);

    /** {@return the time limit of every call of the engine} */
    Duration callTimeout() {
        Duration atLeast = timeout.compareTo(MIN_CALL) < 0 ? MIN_CALL : timeout;
        return atLeast.compareTo(MAX_CALL) < 0 ? atLeast : MAX_CALL;
    }
}
