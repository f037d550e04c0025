package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.progress.InFlight;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.ReplayStart;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReplaysTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);

    private static final String FIRST = "0000000a";
    private static final String SECOND = "0000000b";

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

    private final LossCounter lost = new LossCounter();
    private final Losses losses = new Losses(CONFIG, lost, TextFormat.PLAIN);

    private static EventLog log(int kept) {
        return new MemoryLog(new LogConfig(kept, Duration.ZERO, 1 << 20, InstantSource.system()));
    }

    private MessageSource source(EventLog log) {
        return new MessageSource(new DecisionSequence(), losses, log.hasHistory(), () -> {});
    }

    private StreamReplays replays(EventLog log, MessageSource source) {
        return new StreamReplays(Runnable::run, parts(log), source, losses, () -> false, stream -> {}, stream -> {});
    }

    private StreamGroups arrived(MessageSource source) {
        StreamGroups groups = new StreamGroups(0, queue, dispatcher, source, () -> {}, (_, gap) -> {},
                new FirstPasses(() -> 0, new Timings()));
        groups.arrive();
        return groups;
    }

    private String written(Stream stream, MessageSource source) throws IOException {
        new StreamWriter(source, TextFormat.PLAIN, new HeldFrames(Long.MAX_VALUE), new DeliveryFigures()).flush(stream);
        return new String(channel.taken(), UTF_8);
    }

    private void commit(long position) {
        dispatcher.committed(new LogRecord(position, position - 1, Publication.of(REQUEST, Message.of("x")),
                Optional.empty()));
    }

    @Test
    void shouldTellOfANewEpochWithAnIdThatIsBehindWhatTheStreamHasHad() throws IOException {
        EventLog log = log(10);
        MessageSource source = source(log);
        Stream stream = stream();
        arrived(source);
        StreamReplays replays = replays(log, source);
        replays.begin(stream, new ReplayStart(7, 0, FIRST, Optional.empty()), 7);
        replays.missed(stream, new LogGap(7, 9, Optional.of(SECOND)), 9);

        assertThat(written(stream, source)).isEqualTo("(gap epoch[default])");
        assertThat(stream.place.lastId())
                .contains(EventId.ofGap(SECOND, 7, 9, ChannelSet.DEFAULT).toString());
        assertThat(stream.place.epoch(FIRST)).isEqualTo(SECOND);
        assertThat(stream.replay.readAfter()).isEqualTo(7);
        assertThat(stream.replay.upTo).isEqualTo(9);
    }

    @Test
    void shouldNotTellOfAnEpochThatTheClientKnowsOf() throws IOException {
        EventLog log = log(10);
        MessageSource source = source(log);
        Stream stream = stream();
        arrived(source);
        StreamReplays replays = replays(log, source);
        replays.begin(stream, new ReplayStart(0, 5, SECOND, Optional.empty()), 7);
        replays.missed(stream, new LogGap(7, 9, Optional.of(SECOND)), 9);

        assertThat(written(stream, source)).isEmpty();
        assertThat(stream.replay.upTo).isEqualTo(9);
    }

    @Test
    void shouldNotCountAsLostWhatTheClientHasSeenElsewhere() {
        EventLog log = log(10);
        MessageSource source = source(log);
        Stream stream = stream();
        StreamGroups groups = arrived(source);
        StreamReplays replays = replays(log, source);
        replays.begin(stream, new ReplayStart(50, 0, FIRST, Optional.empty()), 0);
        assertThat(replays.advance(stream)).isTrue();
        for (int position = 1; position <= 40; position++) {
            commit(position);
        }
        groups.arrive();
        source.take(stream, 100, 1 << 20, _ -> {});
        assertThat(stream.fellBehind).isTrue();
        replays.fellBehind(stream, groups.position());

        assertThat(replays.advance(stream)).isTrue();
        assertThat(lost.total()).isZero();
    }

    @Test
    void shouldCountAsLostWhatIsGoneWithoutHavingBeenSeen() {
        EventLog log = log(10);
        MessageSource source = source(log);
        Stream stream = stream();
        StreamGroups groups = arrived(source);
        for (int position = 1; position <= 40; position++) {
            commit(position);
        }
        groups.arrive();
        source.take(stream, 100, 1 << 20, _ -> {});
        StreamReplays replays = replays(log, source);
        replays.fellBehind(stream, 0); // nothing of it can be read

        assertThat(replays.advance(stream)).isTrue();
        assertThat(lost.total()).isEqualTo(40);
    }

    private Stream stream() {
        Stream stream = new Stream(0, Subscription.of(REQUEST).withLastEventId("seen"), new PlainChannel(channel),
                new NoOwner(), false, 0);
        stream.compressWith(new Brackets());
        stream.followLog(FIRST);
        dispatcher.join(stream, ChannelSet.DEFAULT, false, 0);
        return stream;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void shouldCompressForACompressedStreamThatMessagesAreMissing(int kept) throws IOException {
        EventLog log = log(kept);
        MessageSource source = source(log);
        Stream stream = stream();
        arrived(source);
        replays(log, source).missed(stream, new LogGap(0, 5, Optional.of(SECOND)), 5);
        assertThat(written(stream, source)).isEqualTo("(gap epoch[default])");
    }

    private BrokerParts parts(EventLog log) {
        return new BrokerParts(CONFIG, log, dispatcher, null, null, TextFormat.PLAIN, null, new LossCounter(), null,
                new DecisionSequence(), new InFlight(), Optional.empty(), () -> 0, null);
    }
}
