package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberWriteTest {
    private static final Request REQUEST = new Request("POST", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);
    private static final int MORE_THAN_A_WINDOW = 300_000;

    private final WorkerQueue queue = new WorkerQueue();
    private final Dispatcher dispatcher = new Dispatcher(16, DataAlone.FORMAT, List.of(queue));
    private final LongAdder losses = new LongAdder();
    private final DeliveryContext context = new DeliveryContext(CONFIG, DataAlone.FORMAT,
            new MemoryLog(new LogConfig(0, Duration.ZERO, 0, InstantSource.system())), losses, Long.MAX_VALUE,
            () -> 0);
    private final SubscriberGroups groups = new SubscriberGroups(0, queue, dispatcher, new DecisionSequence(), context);
    private final Map<Subscriber, TestKey> keys = new HashMap<>();
    private final StringBuilder published = new StringBuilder();
    private int room = Integer.MAX_VALUE;
    private long position;

    private Subscriber subscriber(IntUnaryOperator takes) {
        TestChannel channel = new TestChannel(takes);
        Subscriber subscriber = new Subscriber(0, Subscription.of(REQUEST), new PlainChannel(channel), new NoOwner(),
                new Subscriber.Request(false, false, Optional.empty(), OptionalLong.empty(), Optional.empty()),
                context, 0);
        dispatcher.join(subscriber, ChannelSet.DEFAULT, false, 0);
        groups.arrive();
        keys.put(subscriber, new TestKey(channel));
        subscriber.watch(key(subscriber));
        subscriber.goLive();
        return subscriber;
    }

    private Subscriber subscriberWithRoom() {
        return subscriber(length -> {
            int taken = Math.min(length, room);
            room -= taken;
            return taken;
        });
    }

    private TestKey key(Subscriber subscriber) {
        return Objects.requireNonNull(keys.get(subscriber));
    }

    private TestChannel channel(Subscriber subscriber) {
        return (TestChannel) key(subscriber).channel();
    }

    private String taken(Subscriber subscriber) {
        return new String(channel(subscriber).taken(), UTF_8);
    }

    private boolean waitsForRoom(Subscriber subscriber) {
        return (key(subscriber).interestOps() & SelectionKey.OP_WRITE) != 0;
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

    private void write(Subscriber subscriber) throws IOException {
        subscriber.writable(false);
    }

    @Test
    void shouldWriteAllThatIsPendingAtOnce() throws IOException {
        Subscriber subscriber = subscriberWithRoom();
        for (int i = 0; i < 16; i++) {
            publish("message " + i + ";");
        }
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo(published.toString());
        assertThat(channel(subscriber).writes()).isEqualTo(1);
    }

    @Test
    void shouldGoOnInTheMiddleOfAFrame() throws IOException {
        Subscriber subscriber = subscriberWithRoom();
        publish("first;");
        publish("second;");
        room = 8;
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo("first;se");
        assertThat(waitsForRoom(subscriber)).isTrue();
        room = 100;
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo("first;second;");
        assertThat(waitsForRoom(subscriber)).isFalse();
        assertThat(subscriber.canTake()).isTrue();
    }

    @Test
    void shouldNotCallAStreamStalledAfterAPauseBetweenTwoFrames() throws IOException {
        Subscriber subscriber = subscriberWithRoom();
        publish("first;");
        publish("second;");
        room = 6;
        write(subscriber);
        assertThat(waitsForRoom(subscriber)).isTrue();
        room = 100;
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo("first;second;");
        assertThat(waitsForRoom(subscriber)).isFalse();
        assertThat(subscriber.canTake()).isTrue();
    }

    @Test
    void shouldWriteAFrameThatIsLargerThanItsBuffers() throws IOException {
        Subscriber subscriber = subscriberWithRoom();
        publish("small;");
        publish("x".repeat(MORE_THAN_A_WINDOW));
        publish("small again;");
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo(published.toString());
    }

    @Test
    void shouldLoseTheOldestBeyondTheCapacityAndNoOther() throws IOException {
        Subscriber subscriber = subscriberWithRoom();
        for (int i = 0; i < 20; i++) {
            publish(i + ";");
        }
        write(subscriber);
        assertThat(taken(subscriber)).isEqualTo("4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;");
        assertThat(subscriber.lost()).isEqualTo(4);
        assertThat(losses.sum()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepEveryByteInOrderHoweverLittleIsTakenAtATime(long seed) throws IOException {
        Random random = new Random(seed);
        Subscriber[] subscribers = new Subscriber[4];
        for (int i = 0; i < subscribers.length; i++) {
            subscribers[i] = subscriber(length -> random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(length));
        }
        for (int step = 0; step < 500; step++) {
            int messages = random.nextInt(4);
            for (int i = 0; i < messages; i++) {
                publish("%d-%s;".formatted(step, "x".repeat(size(random))));
            }
            for (Subscriber subscriber : subscribers) {
                do {
                    write(subscriber);
                } while (subscriber.left() > 8);
            }
        }
        for (Subscriber subscriber : subscribers) {
            while (!subscriber.canTake() || subscriber.left() > 0) {
                write(subscriber);
            }
            assertThat(taken(subscriber)).isEqualTo(published.toString());
        }
        assertThat(losses.sum()).isZero();
        assertThat(receipt("x")).isEqualTo(new PublishResult.Accepted(1, subscribers.length, Optional.empty()));
    }

    private static int size(Random random) {
        return switch (random.nextInt(30)) {
            case 0 -> MORE_THAN_A_WINDOW;
            case 1, 2, 3 -> random.nextInt(20_000);
            default -> random.nextInt(50);
        };
    }
}
