package dev.tinysse.cluster.redis;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Timings;
import java.util.List;

/** How long the engine takes, from a call to its answer. Any thread may read; see the methods for who may add. */
final class EngineTimings {
    private final Timings append = new Timings();
    private final Timings heartbeat = new Timings();
    private final Timings read = new Timings();

    /** A batch has been appended, and confirmed by replicas where they are waited for. The thread that appends. */
    void appended(long since) {
        append.addOwned(System.nanoTime() - since);
    }

    /** The engine has heard that this node is there. The thread that says so. */
    void beaten(long since) {
        heartbeat.addOwned(System.nanoTime() - since);
    }

    /** Something has been read. Any thread. */
    void read(long since) {
        read.add(System.nanoTime() - since);
    }

    /** {@return the figures of a node} */
    List<Figure> figures(boolean connected) {
        return List.of(
                Figure.gauge("tinysse_cluster_connected", "Whether the node is connected to the engine of the cluster",
                        connected ? 1 : 0),
                Figure.of(Figure.Kind.HISTOGRAM, "tinysse_cluster_seconds", "How long calls of the engine took")
                        .add(append.distribution(), "operation", "append")
                        .add(heartbeat.distribution(), "operation", "heartbeat")
                        .add(read.distribution(), "operation", "read").build());
    }
}
