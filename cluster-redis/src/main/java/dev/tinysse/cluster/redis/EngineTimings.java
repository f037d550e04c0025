package dev.tinysse.cluster.redis;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.figures.Timings;
import java.util.List;

/** Latency of Redis, from a call to its reply. Any thread may read; each method names the thread that adds. */
final class EngineTimings {
    private final Timings append = new Timings();
    private final Timings heartbeat = new Timings();
    private final Timings read = new Timings();

    /** A batch has been appended, and confirmed by replicas where they are waited for. The thread that appends. */
    void appended(long since) {
        append.addOwned(System.nanoTime() - since);
    }

    /** A heartbeat has been answered. Only for the thread that sends them. */
    void beaten(long since) {
        heartbeat.addOwned(System.nanoTime() - since);
    }

    /** Something has been read. Any thread. */
    void read(long since) {
        read.add(System.nanoTime() - since);
    }

    /** {@return the metrics of a node} */
    List<Figure> figures(boolean connected) {
        return List.of(
                Figure.gauge("tinysse_cluster_connected", "Whether the node is connected to the backend of the cluster",
                        connected ? 1 : 0),
                Figure.of(Figure.Kind.HISTOGRAM, "tinysse_cluster_seconds", "Duration of backend calls")
                        .add(append.distribution(), "operation", "append")
                        .add(heartbeat.distribution(), "operation", "heartbeat")
                        .add(read.distribution(), "operation", "read").build());
    }
}
