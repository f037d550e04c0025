package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamWriterTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);
    private static final int MORE_THAN_A_WINDOW = 300_000;

    private final WorkerQueue queue = new WorkerQueue();
    private final Dispatcher dispatcher = new Dispatcher(16, false, DataAlone.FORMAT, List.of(queue));
    private final LossCounter losses = new LossCounter();
    private final MessageSource source = new MessageSource(new DecisionSequence(),
            new Losses(CONFIG, losses, DataAlone.FORMAT), false, () -> {});
    private final StreamWriter writer = new StreamWriter(source, DataAlone.FORMAT, new HeldFrames(Long.MAX_VALUE),
            new DeliveryFigures());
    private final StreamGroups groups = new StreamGroups(0, queue, dispatcher, source, writer::renumbered,
            (stream, hole) -> {}, new FirstPasses(() -> 0, new Timings()));
    private final StringBuilder published = new StringBuilder();
    private int room = Integer.MAX_VALUE;
    private long position;

    private Stream stream(IntUnaryOperator takes) {
        TestChannel channel = new TestChannel(takes);
        Stream stream = new Stream(0, Subscription.of(REQUEST), new PlainChannel(channel), new NoOwner(), false, 0);
        dispatcher.join(stream, ChannelSet.DEFAULT, false, 0);
        groups.arrive();
        stream.key = new TestKey(channel);
        stream.state = Stream.State.LIVE;
        return stream;
    }

    private Stream streamWithRoom() {
        return stream(length -> {
            int taken = Math.min(length, room);
            room -= taken;
            return taken;
        });
    }

    private static String taken(Stream stream) {
        return new String(((TestChannel) stream.channel.socket()).taken(), UTF_8);
    }

    private static boolean waitsForRoom(Stream stream) {
        return (stream.key.interestOps() & SelectionKey.OP_WRITE) != 0;
    }

    private void publish(String frame) {
        receipt(frame);
        published.append(frame);
    }

    private PublishResult.Accepted receipt(String frame) {
        PublishResult.Accepted receipt = dispatcher.committed(new LogRecord(++position, 0,
                Publication.of(REQUEST, Message.of(frame)), Optional.empty()));
        groups.arrive();
        return receipt;
    }

    private void write(Stream stream) throws IOException {
        if (writer.flush(stream)) {
            writer.writePending(stream);
        }
        source.settle();
    }

    @Test
    void shouldWriteAllThatIsPendingAtOnce() throws IOException {
        Stream stream = streamWithRoom();
        for (int i = 0; i < 16; i++) {
            publish("message " + i + ";");
        }
        write(stream);
        assertThat(taken(stream)).isEqualTo(published.toString());
        assertThat(((TestChannel) stream.channel.socket()).writes()).isEqualTo(1);
    }

    @Test
    void shouldGoOnInTheMiddleOfAFrame() throws IOException {
        Stream stream = streamWithRoom();
        publish("first;");
        publish("second;");
        room = 8;
        write(stream);
        assertThat(taken(stream)).isEqualTo("first;se");
        assertThat(waitsForRoom(stream)).isTrue();
        room = 100;
        write(stream);
        assertThat(taken(stream)).isEqualTo("first;second;");
        assertThat(waitsForRoom(stream)).isFalse();
        assertThat(stream.canTake()).isTrue();
    }

    @Test
    void shouldNotCallAStreamStalledAfterAPauseBetweenTwoFrames() throws IOException {
        Stream stream = streamWithRoom();
        publish("first;");
        publish("second;");
        room = 6;
        write(stream);
        assertThat(waitsForRoom(stream)).isTrue();
        room = 100;
        write(stream);
        assertThat(taken(stream)).isEqualTo("first;second;");
        assertThat(waitsForRoom(stream)).isFalse();
        assertThat(stream.canTake()).isTrue();
    }

    @Test
    void shouldSendAMessageFromTheHookBehindWhatStillWaits() throws IOException {
        Stream stream = streamWithRoom();
        publish("message;");
        List<Entry> taken = new ArrayList<>();
        source.take(stream, 1, Long.MAX_VALUE, taken::add);
        stream.output().add("keep-alive;".getBytes(UTF_8));
        room = 4;
        writer.flush(stream);
        room = 100;
        stream.output().add(taken.getFirst().frame);
        writer.flush(stream);
        assertThat(taken(stream)).isEqualTo("keep-alive;message;");
    }

    @Test
    void shouldSendWhatIsNoMessageWithoutAQueueWhereNothingWaits() throws IOException {
        Stream stream = streamWithRoom();
        writer.send(stream, "keep-alive;".getBytes(UTF_8));
        assertThat(taken(stream)).isEqualTo("keep-alive;");
        assertThat(stream.hasOutput()).isFalse();
        assertThat(stream.messages).isZero();
    }

    @Test
    void shouldGoOnInTheMiddleOfWhatIsNoMessage() throws IOException {
        Stream stream = streamWithRoom();
        room = 4;
        writer.send(stream, "keep-alive;".getBytes(UTF_8));
        assertThat(waitsForRoom(stream)).isTrue();
        assertThat(stream.pendingMessages()).isZero();
        publish("message;");
        room = 100;
        write(stream);
        assertThat(taken(stream)).isEqualTo("keep-alive;message;");
        assertThat(stream.messages).isEqualTo(1);
    }

    @Test
    void shouldSendWhatIsNoMessageBehindWhatWaits() throws IOException {
        Stream stream = streamWithRoom();
        publish("message;");
        room = 4;
        write(stream);
        writer.send(stream, "keep-alive;".getBytes(UTF_8));
        room = 100;
        write(stream);
        assertThat(taken(stream)).isEqualTo("message;keep-alive;");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_536, 65_537, 200_000})
    void shouldSendAllOfWhatIsNoMessageHoweverLongItIs(int length) throws IOException {
        Stream stream = streamWithRoom();
        writer.send(stream, "x".repeat(length).getBytes(UTF_8));
        assertThat(taken(stream)).hasSize(length);
        assertThat(waitsForRoom(stream)).isFalse();
    }

    @Test
    void shouldWriteAFrameThatIsLargerThanItsBuffers() throws IOException {
        Stream stream = streamWithRoom();
        publish("small;");
        publish("x".repeat(MORE_THAN_A_WINDOW));
        publish("small again;");
        write(stream);
        assertThat(taken(stream)).isEqualTo(published.toString());
    }

    @Test
    void shouldLoseTheOldestBeyondTheCapacityAndNoOther() throws IOException {
        Stream stream = streamWithRoom();
        for (int i = 0; i < 20; i++) {
            publish(i + ";");
        }
        write(stream);
        assertThat(taken(stream)).isEqualTo("4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;");
        assertThat(stream.lost()).isEqualTo(4);
        assertThat(losses.total()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepEveryByteInOrderHoweverLittleIsTakenAtATime(long seed) throws IOException {
        Random random = new Random(seed);
        Stream[] streams = new Stream[4];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = stream(length -> random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(length));
        }
        for (int step = 0; step < 500; step++) {
            int messages = random.nextInt(4);
            for (int i = 0; i < messages; i++) {
                publish("%d-%s;".formatted(step, "x".repeat(size(random))));
            }
            for (Stream stream : streams) {
                do {
                    write(stream);
                } while (stream.cursor < stream.ring.head() - 8);
            }
        }
        for (Stream stream : streams) {
            while (!stream.canTake() || stream.cursor < stream.ring.head()) {
                write(stream);
            }
            assertThat(taken(stream)).isEqualTo(published.toString());
        }
        assertThat(losses.total()).isZero();
        assertThat(receipt("x")).isEqualTo(new PublishResult.Accepted(1, streams.length, Optional.empty()));
    }

    private static int size(Random random) {
        return switch (random.nextInt(30)) {
            case 0 -> MORE_THAN_A_WINDOW;
            case 1, 2, 3 -> random.nextInt(20_000);
            default -> random.nextInt(50);
        };
    }
}
