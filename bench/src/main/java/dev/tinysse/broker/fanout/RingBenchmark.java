package dev.tinysse.broker.fanout;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.Receipt;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the queue costs for each message, apart from encoding and writing it: alone, and while another thread reads. */
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
    private final byte[] frame = new byte[64];
    private Ring ring;

    /** A ring that the streams have joined. */
    @Setup(Level.Iteration)
    public void join() {
        ring = new Ring(CAPACITY);
        for (int i = 0; i < STREAMS; i++) {
            ring.join();
        }
    }

    /** {@return what a publisher is told, after all streams of one fan-out thread have taken its message} */
    @Benchmark
    public Optional<Receipt> publishAndTake() {
        Optional<Receipt> receipt = ring.append(publication, frame);
        long head = ring.head();
        ring.taken(head - 1, head, STREAMS);
        return receipt;
    }

    /** {@return what a publisher is told while a fan-out thread reads} */
    @Benchmark
    @Group("contended")
    @GroupThreads(1)
    public Optional<Receipt> publish() {
        return ring.append(publication, frame);
    }

    /** {@return the newest message, or null if the publisher was faster} */
    @Benchmark
    @Group("contended")
    @GroupThreads(1)
    public Entry read() {
        return ring.get(Math.max(0, ring.head() - 1));
    }
}
