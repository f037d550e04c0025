package dev.tinysse.broker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.TextFormat;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.progress.InFlight;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.replay.History;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamOwner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** What a delivery thread has, without the thread: tests hand on the events, and set the clock. */
final class SubscriberRig {
    static final String EPOCH = "0000000a";
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    private static final int CAPACITY = 4;
    private static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    final BrokerConfig config = new BrokerConfig(CAPACITY, KEEP_ALIVE, TIMEOUT, RetryDelay.of(Duration.ofMillis(7)),
            WRITE_TIMEOUT, 1, true, false);
    final WorkerQueue queue = new WorkerQueue();
    final Dispatcher dispatcher = new Dispatcher(CAPACITY, TextFormat.PLAIN, List.of(queue));
    final LongAdder losses = new LongAdder();
    final Mailbox mailbox = new Mailbox(queue);
    final SubscriberTable table = new SubscriberTable();
    final InFlight open = new InFlight();
    final DeliveryContext context;
    final SubscriberGroups groups;
    final SubscriberEnds ends;
    private final boolean history;
    private final Map<Subscriber, Owner> owners = new HashMap<>();
    private long now;
    private long position;

    /** Where a client is, and what its owner is notified of. */
    private static final class Owner implements StreamOwner {
        final TestChannel channel;
        final List<String> events = new ArrayList<>();
        int room = Integer.MAX_VALUE;

        Owner() {
            channel = new TestChannel(length -> {
                int taken = Math.min(length, this.room);
                this.room -= taken;
                return taken;
            });
        }

        @Override
        public void ended(StreamEnding ending) {
            events.add("ended " + ending.reason() + " lost=" + ending.lost());
        }

        @Override
        public void closed() {
            events.add("closed");
        }

        @Override
        public void channelReturned(StreamChannel returned, ByteBuffer received) {
            events.add("returned");
        }
    }

    /**
     * A rig without subscribers.
     *
     * @param history whether what is published can be read again
     * @param hooks that are defined; they do nothing
     */
    SubscriberRig(boolean history, Hook... hooks) {
        this.history = history;
        EventLog log = new MemoryLog(new LogConfig(history ? 100 : 0, Duration.ZERO, 1 << 20, InstantSource.system()));
        HookCalls calls = new HookCalls(new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of(hooks);
            }
        });
        context = new DeliveryContext(config, TextFormat.PLAIN, log, losses, 10, () -> now);
        BrokerParts parts = new BrokerParts(config, log, dispatcher, new ReplayReader(log, calls, TextFormat.PLAIN),
                History.NONE, TextFormat.PLAIN, new HookThreads(calls, config.timeoutRetry()), losses,
                new BackPressure(CAPACITY, List.of(queue)), new DecisionSequence(), open, Optional.empty(), () -> now,
                new MemoryLimits(10, 10));
        groups = new SubscriberGroups(0, queue, dispatcher, parts.decisions(), context);
        ends = new SubscriberEnds(mailbox, table, groups, context, parts);
    }

    /** A subscriber whose script, or the server, finds out what it lacks. */
    Subscriber opened() {
        Owner owner = new Owner();
        Subscriber subscriber = new Subscriber(owners.size(), Subscription.of(REQUEST),
                new PlainChannel(owner.channel), owner,
                new Subscriber.Request(false, true, Optional.empty(), OptionalLong.empty(),
                        history ? Optional.of(EPOCH) : Optional.empty()),
                context, now);
        owners.put(subscriber, owner);
        open.begin();
        subscriber.watch(new TestKey(owner.channel));
        dispatcher.join(subscriber, ChannelSet.DEFAULT, false, 0);
        groups.arrive();
        table.add(subscriber);
        return subscriber;
    }

    /** A subscriber that receives live messages. */
    Subscriber live() {
        Subscriber subscriber = opened();
        subscriber.catchUp();
        subscriber.goLive();
        return subscriber;
    }

    private Owner owner(Subscriber subscriber) {
        return Objects.requireNonNull(owners.get(subscriber));
    }

    /** The client accepts so many bytes more. */
    void room(Subscriber subscriber, int bytes) {
        owner(subscriber).room = bytes;
    }

    /** The lines that the client has received. */
    List<String> lines(Subscriber subscriber) {
        String text = new String(owner(subscriber).channel.taken(), UTF_8);
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }

    /** The notifications of the owner. */
    List<String> events(Subscriber subscriber) {
        return owner(subscriber).events;
    }

    /** Publishes messages, which arrive in the rings. */
    void publish(String... data) {
        commit(data);
        groups.arrive();
    }

    /** Publishes messages, which are on their way to the rings. */
    void commit(String... data) {
        for (String text : data) {
            Publication publication = Publication.of(REQUEST, Message.of(text));
            long previous = position++;
            dispatcher.committed(new LogRecord(position, previous, publication, Optional.empty()));
        }
    }

    /** A page that ends a replay. */
    static ReplayPage lastPage(long through, String... data) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < data.length; i++) {
            Publication publication = Publication.of(REQUEST, Message.of(data[i]));
            entries.add(new Entry(new LogRecord(through - data.length + 1 + i, 0, publication, Optional.empty()),
                    publication, TextFormat.PLAIN.message(publication.message())));
        }
        return new ReplayPage(Optional.empty(), 0, entries, through, true);
    }

    /** Time passes. */
    long pass(Duration time) {
        now += time.toNanos();
        return context.readClock();
    }
}
