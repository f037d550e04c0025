package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of encoding a message once, for messages of different kinds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseEncoderBenchmark {
    private static final Map<String, Message> KINDS = Map.of(
            "short", Message.of("x".repeat(64)),
            "16KB", Message.of("x".repeat(16384)),
            "lines", Message.of("forty characters and then a line break\r\n".repeat(100)),
            "beyondAscii", Message.of("größer als 😀 ".repeat(100)),
            "allFields", Message.builder().id("4711").event("news").data("x".repeat(64)).comments(List.of("a", "b"))
                    .build());

    @Param({"short", "16KB", "lines", "beyondAscii", "allFields"})
    private String kind;
    private Message message;

    /** Picks the message. */
    @Setup
    public void pick() {
        message = KINDS.get(kind);
    }

    /** {@return the encoded message} */
    @Benchmark
    public byte[] encode() {
        return SseEncoder.encode(message);
    }
}
