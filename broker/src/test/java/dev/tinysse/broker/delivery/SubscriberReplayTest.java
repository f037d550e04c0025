package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamCompression;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberReplayTest {
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());
    private static final BrokerConfig CONFIG = new BrokerConfig(16, Duration.ZERO, Duration.ZERO,
            RetryDelay.of(Duration.ZERO), Duration.ZERO, 1, false, false);

    private static final String FIRST = "0000000a";
    private static final String SECOND = "0000000b";

    private final WorkerQueue queue = new WorkerQueue();
    private final Dispatcher dispatcher = new Dispatcher(16, TextFormat.PLAIN, List.of(queue));
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

    private final LongAdder lost = new LongAdder();
    @SuppressWarnings("NullAway.Init") // each test creates it, with its subscriber
    private DeliveryContext context;
    @SuppressWarnings("NullAway.Init") // the same
    private SubscriberGroups groups;

    private Subscriber subscriber(int retained) {
        EventLog log = new MemoryLog(new LogConfig(retained, Duration.ZERO, 1 << 20, InstantSource.system()));
        context = new DeliveryContext(CONFIG, TextFormat.PLAIN, log, lost, Long.MAX_VALUE, () -> 0);
        groups = new SubscriberGroups(0, queue, dispatcher, new DecisionSequence(), context);
        Subscriber subscriber = new Subscriber(0, Subscription.of(REQUEST).withLastEventId("seen"),
                new PlainChannel(channel), new NoOwner(), new Subscriber.Request(false, false,
                        Optional.of(new Brackets()), OptionalLong.empty(),
                        Optional.of(FIRST).filter(_ -> log.hasHistory())),
                context, 0);
        dispatcher.join(subscriber, ChannelSet.DEFAULT, false, 0);
        groups.arrive();
        return subscriber;
    }

    private void missed(Subscriber subscriber, LogGap gap) {
        subscriber.missed(gap);
        context.arrived(gap.upTo());
        subscriber.reportMissed();
    }

    private String written(Subscriber subscriber) throws IOException {
        subscriber.writable(false);
        return new String(channel.taken(), UTF_8);
    }

    private void commit(int messages) {
        for (int position = 1; position <= messages; position++) {
            dispatcher.committed(new LogRecord(position, position - 1, Publication.of(REQUEST, Message.of("x")),
                    Optional.empty()));
        }
        groups.arrive();
    }

    @Test
    void shouldTellOfANewEpochWithAnIdThatIsBehindWhatTheStreamHasHad() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.replay(new ReplayStart(7, 0, FIRST, Optional.empty()), 7);
        missed(subscriber, new LogGap(7, 9, Optional.of(SECOND)));

        assertThat(written(subscriber)).isEqualTo("(gap epoch[default])");
        assertThat(subscriber.nextPage()).contains(new ReplayReader.Request(ChannelSet.DEFAULT, 7, 9, 9, SECOND,
                Optional.of(EventId.ofGap(SECOND, 7, 9, ChannelSet.DEFAULT).toString())));
    }

    @Test
    void shouldNotTellOfAnEpochThatTheClientKnowsOf() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.replay(new ReplayStart(0, 5, SECOND, Optional.empty()), 7);
        missed(subscriber, new LogGap(7, 9, Optional.of(SECOND)));

        assertThat(written(subscriber)).isEmpty();
        assertThat(subscriber.nextPage().orElseThrow().upTo()).isEqualTo(9);
    }

    @Test
    void shouldReadOnePageAtATime() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.replay(new ReplayStart(7, 0, FIRST, Optional.empty()), 9);

        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.READ_LOG);
        assertThat(subscriber.nextPage()).isPresent();
        assertThat(subscriber.nextPage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadTheNextPageWhileOneIsSentUnlessItGoesThroughTheHook(boolean withHook) throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.replay(new ReplayStart(7, 0, FIRST, Optional.empty()), 9);
        subscriber.writable(withHook);
        assertThat(subscriber.nextPage().orElseThrow().lastId()).contains("seen");
        Publication eighth = Publication.of(REQUEST, Message.of("x").withId("eighth"));
        ReplayPage page = new ReplayPage(Optional.empty(), 0,
                List.of(new Entry(new LogRecord(8, 7, eighth, Optional.empty()), eighth, new byte[1])), 8, false);

        assertThat(subscriber.page(subscriber.replay().orElseThrow(), page, withHook))
                .isEqualTo(withHook ? Subscriber.Step.NONE : Subscriber.Step.READ_LOG);
        assertThat(subscriber.nextPage()).contains(new ReplayReader.Request(ChannelSet.DEFAULT, 8, 9, 0, FIRST,
                Optional.of("eighth")));
    }

    @Test
    void shouldSendLastBytesWithoutWaitingForTheHook() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.goLive();
        commit(3);
        List<Entry> taken = new ArrayList<>();
        subscriber.takeForHook(taken);
        assertThat(taken).hasSize(3);
        subscriber.endWith(EndReason.EXPIRED, new byte[1], 0);
        subscriber.giveUp(EndReason.EXPIRED_IN_HOOK);
        subscriber.endNow();

        assertThat(subscriber.writable(true)).isEqualTo(Subscriber.Step.RELEASE);
        assertThat(subscriber.untaken()).isEqualTo(3);
    }

    @Test
    void shouldNotCountAsLostWhatTheClientHasSeenElsewhere() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.replay(new ReplayStart(50, 0, FIRST, Optional.empty()), 0);
        subscriber.writable(false);
        assertThat(subscriber.isLive()).isTrue();
        commit(40);
        assertThat(subscriber.writable(false)).isEqualTo(Subscriber.Step.NONE);

        assertThat(subscriber.isLive()).isTrue();
        assertThat(lost.sum()).isZero();
    }

    @Test
    void shouldCountAsLostWhatIsGoneWithoutHavingBeenSeen() throws IOException {
        Subscriber subscriber = subscriber(10);
        subscriber.goLive();
        commit(40);
        context.arrived(0); // nothing of it can be read
        subscriber.writable(false);

        assertThat(subscriber.isLive()).isTrue();
        assertThat(lost.sum()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void shouldCompressForACompressedStreamThatMessagesAreMissing(int retained) throws IOException {
        Subscriber subscriber = subscriber(retained);
        subscriber.goLive();
        missed(subscriber, new LogGap(0, 5, Optional.of(SECOND)));
        assertThat(written(subscriber)).isEqualTo("(gap epoch[default])");
    }
}
