package dev.tinysse.broker.delivery;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.server.sse.ChunkedSseFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a message from the log into a ring and out of it, apart from writing it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RingBenchmark {
    private static final int CAPACITY = 256;
    private static final int STREAMS = 1000;

    private final Publication publication = Publication.of(
            new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1024, Map.of()), Message.of("x"));
    /** The channels of the streams: the channel itself, or a pattern. */
    @Param({"default", "**"})
    private String channels;
    private WorkerQueue queue;
    private Dispatcher dispatcher;
    private Ring ring;
    private long position;

    /** A dispatcher that the streams have joined. */
    @Setup(Level.Iteration)
    public void join() {
        queue = new WorkerQueue();
        dispatcher = new Dispatcher(CAPACITY, new ChunkedSseFormat("keep-alive"), List.of(queue));
        ring = new Ring();
        for (int i = 0; i < STREAMS; i++) {
            dispatcher.join((interest, joined) -> {}, ChannelSet.of(Set.of(channels)), false, 0);
            queue.poll();
        }
    }

    /** {@return the response to the publisher of a message that all streams of one fan-out thread have taken since} */
    @Benchmark
    public PublishResult.Accepted commitAndTake() {
        long previous = position++;
        PublishResult.Accepted receipt = dispatcher.committed(new LogRecord(position, previous, publication, Optional.empty()));
        ring.trim();
        ring.add((QueuedEntry) queue.poll());
        for (int i = 0; i < STREAMS; i++) {
            ring.delivered(ring.head() - 1, ring.head());
        }
        ring.settle();
        return receipt;
    }
}
