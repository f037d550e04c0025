package dev.tinysse.broker.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.counters.FanOutFigures;
import dev.tinysse.broker.counters.InFlight;
import dev.tinysse.broker.counters.LossCounter;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.PublishCalls;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.Hole;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamCompression;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReplaysTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);

    private final WorkerQueue queue = new WorkerQueue();
    private final Dispatcher dispatcher = new Dispatcher(16, false, TextFormat.PLAIN, List.of(queue));
    private final TestChannel channel = new TestChannel(length -> length);

    /** Brackets around each frame stand for the compression of it. */
    private static final class Brackets implements StreamCompression.Encoder {
        @Override
        public byte[] begin() {
            return new byte[0];
        }

        @Override
        public void append(StreamCompression.Frame frame) {}

        @Override
        public byte[] append(byte[] frame) {
            return ("(" + new String(frame, UTF_8).strip() + ")").getBytes(UTF_8);
        }

        @Override
        public byte[] end(byte[] end) {
            return append(end);
        }
    }

    private Stream stream() {
        Stream stream = new Stream(0, Subscription.of(REQUEST), new PlainChannel(channel), new NoOwner(), false, 0);
        stream.compressWith(new Brackets());
        stream.followLog(EventId.NO_EPOCH);
        dispatcher.join(stream, ChannelSet.DEFAULT, false, 0);
        return stream;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void shouldCompressForACompressedStreamThatMessagesAreMissing(int kept) throws IOException {
        EventLog log = new MemoryLog(new LogConfig(kept, Duration.ZERO, 1 << 20, InstantSource.system()));
        Losses losses = new Losses(CONFIG, new LossCounter(), TextFormat.PLAIN);
        MessageSource source = new MessageSource(new PublishCalls(), losses, log.keeps(), () -> {});
        StreamReplays replays = new StreamReplays(Runnable::run, parts(log), source, losses, () -> false,
                stream -> {}, stream -> {});
        StreamWriter writer = new StreamWriter(source, TextFormat.PLAIN, new HeldFrames(Long.MAX_VALUE),
                new FanOutFigures());
        Stream stream = stream();
        new StreamGroups(0, queue, dispatcher, source, writer::renumbered, (_, hole) -> {},
                new FirstPasses(() -> 0, new Timings())).arrive();
        replays.missed(stream, new Hole(0, 5, Optional.of("0000000b")), 5);
        writer.flush(stream);
        assertThat(new String(channel.taken(), UTF_8)).isEqualTo("(gap epoch[default])");
    }

    private BrokerParts parts(EventLog log) {
        return new BrokerParts(CONFIG, log, dispatcher, null, null, TextFormat.PLAIN, null, new LossCounter(), null,
                new PublishCalls(), new InFlight(), Optional.empty(), () -> 0, null);
    }
}
