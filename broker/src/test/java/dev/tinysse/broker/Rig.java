package dev.tinysse.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Hook;
import dev.tinysse.api.Hooks;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.memory.MemoryLog;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.PlainChannel;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamFormat;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.broker.stream.StreamStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A broker with clients on loopback sockets whose buffers are small, so that a client that stops reading stalls soon. */
final class Rig implements AutoCloseable {
    static final String HEAD = "head";
    private static final int BUFFER_BYTES = 8 * 1024;
    static final Request REQUEST = new Request("GET", "/sse", "/sse", "", "127.0.0.1", 1, Map.of());

    final Broker broker;
    private final ManualClock clock = new ManualClock();
    private final ServerSocketChannel server;
    private final List<Client> clients = new ArrayList<>();

    Rig(BrokerConfig config, StreamFormat format, Hooks hooks) {
        this(config, format, hooks, new MemoryLimits(1 << 30, 1 << 30));
    }

    Rig(BrokerConfig config, StreamFormat format, Hooks hooks, MemoryLimits memory) {
        this(config, format, hooks, memory, new MemoryLog(new LogConfig(0, Duration.ZERO, 0, InstantSource.system())));
    }

    Rig(BrokerConfig config, StreamFormat format, Hooks hooks, MemoryLimits memory, EventLog log) {
        try {
            broker = new Broker(config, format, new HookCalls(hooks), log, clock, memory);
        } catch (LogException e) {
            throw new IllegalStateException(e);
        }
        try {
            server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rig(BrokerConfig config, Hooks hooks) {
        this(config, TextFormat.PLAIN, hooks);
    }

    Rig(BrokerConfig config) {
        this(config, noHooks());
    }

    /** The same with channels. */
    static BrokerConfig channels(int capacity) {
        return new BrokerConfig(capacity, Duration.ZERO, Duration.ZERO, RetryDelay.of(Duration.ofSeconds(7)),
                Duration.ZERO, 2, true, false);
    }

    /** A broker with channels and a history of so many messages each. */
    static Rig withHistory(int capacity, int history) {
        return withHistory(capacity, history, noHooks());
    }

    static Rig withHistory(int capacity, int history, Hooks hooks) {
        return new Rig(channels(capacity), TextFormat.PLAIN, hooks, new MemoryLimits(1 << 30, 1 << 30),
                new MemoryLog(new LogConfig(history, Duration.ZERO, 1L << 30, InstantSource.system())));
    }

    /** No timers, and two fan-out threads. */
    static BrokerConfig config(int capacity) {
        return timed(capacity, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    static BrokerConfig timed(int capacity, Duration keepAlive, Duration timeout, Duration writeTimeout) {
        return new BrokerConfig(capacity, keepAlive, timeout, RetryDelay.of(Duration.ofSeconds(7)), writeTimeout, 2,
                false, false);
    }

    static Hooks noHooks() {
        return new Hooks() {
            @Override
            public Set<Hook> defined() {
                return Set.of();
            }
        };
    }

    static Message message(String id, String data) {
        return Message.builder().id(id).data(data).build();
    }

    /** The value of a gauge or counter without labels. */
    double gauge(String name) {
        return broker.figures().stream().filter(figure -> figure.name().equals(name)).findFirst().orElseThrow()
                .values().getFirst().number();
    }

    /** Lets so much time pass for the broker. */
    void pass(Duration time) {
        clock.move(time);
        broker.signal();
    }

    /** Lets time pass, so much at a time, until the stream has ended. */
    String passUntilEnd(Client client, Duration time) {
        while (!client.hasEnded()) {
            pass(time);
            Thread.onSpinWait();
        }
        return client.end();
    }

    /** A stream that is live, and has sent its head. */
    Client subscribe() throws IOException {
        Client client = open().goLive();
        client.linesUntil(HEAD);
        return client;
    }

    /** A stream that is not live yet. */
    Client open() throws IOException {
        return open(Subscription.of(REQUEST));
    }

    Client open(Subscription subscription) throws IOException {
        return open(subscription, Optional.empty());
    }

    /** A stream whose end somebody else hears of than its client. */
    Client open(StreamOwner owner) throws IOException {
        return open(Subscription.of(REQUEST), Optional.of(owner));
    }

    /** A stream of these channels that is live, and has sent its head. */
    Client subscribe(String... channels) throws IOException {
        Client client = open(Subscription.of(REQUEST).withChannels(List.of(channels))).goLive();
        client.linesUntil(HEAD);
        return client;
    }

    /** A client that has seen this id, and gets what has come since. */
    Client comeBack(String lastEventId, String... channels) throws IOException {
        Client client = open(Subscription.of(REQUEST).withChannels(List.of(channels)).withLastEventId(lastEventId));
        client.linesUntil(HEAD);
        return client.replay();
    }

    /** A stream with this request. */
    Client open(Subscription subscription, StreamStart start) throws IOException {
        return open(subscription, Optional.empty(), start);
    }

    private Client open(Subscription subscription, Optional<StreamOwner> owner) throws IOException {
        return open(subscription, owner, StreamStart.PLAIN);
    }

    private Client open(Subscription subscription, Optional<StreamOwner> owner, StreamStart start)
            throws IOException {
        SocketChannel far = SocketChannel.open();
        far.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        far.connect(server.getLocalAddress());
        SocketChannel near = server.accept();
        near.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        near.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Client client = new Client(far);
        clients.add(client);
        client.opened(broker.open(subscription, new PlainChannel(near), (HEAD + "\n").getBytes(UTF_8),
                owner.orElse(client),
                start));
        return client;
    }

    PublishResult.Accepted publish(String data) {
        return publish(Message.of(data));
    }

    PublishResult.Accepted publish(Message message) {
        return switch (((PublishReply.Completed) offer(message)).results().getFirst()) {
            case PublishResult.Accepted accepted -> accepted;
            case PublishResult.Empty(int queued) -> new PublishResult.Accepted(queued, 0, Optional.empty());
            case PublishResult.Rejected refused -> throw new AssertionError("refused: " + refused);
        };
    }

    /** Publishes to a channel. */
    PublishResult.Accepted publish(String channel, String data) {
        Publication publication = Publication.of(REQUEST, Message.of(data)).withChannel(channel);
        return (PublishResult.Accepted) ((PublishReply.Completed) broker
                .publish(PublishRequest.of(publication))).results().getFirst();
    }

    /** Publishes, or finds out why not. */
    PublishReply offer(Message message) {
        return broker.publish(PublishRequest.of(Publication.of(REQUEST, message)));
    }

    /** Publishes numbers from one up to another. */
    void publishNumbers(int from, int to) {
        for (int i = from; i < to; i++) {
            publish(Integer.toString(i));
        }
    }

    @Override
    public void close() throws IOException {
        broker.close();
        for (Client client : clients) {
            client.close();
        }
        server.close();
    }
}
