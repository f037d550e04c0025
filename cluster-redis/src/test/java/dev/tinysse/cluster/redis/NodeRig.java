package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.PublicationCodec;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.tck.LogRig;
import dev.tinysse.broker.tck.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** The parts of one node, on a {@link FakeRedis}; a test starts those that it needs. */
final class NodeRig implements AutoCloseable {
    static final String EPOCH = "0a0a0a0a";
    /** The time of the first positions. */
    static final long MILLIS = 1_000_000;

    final FakeRedis redis = new FakeRedis();
    final TestClock clock = new TestClock();
    final ClusterConfig config;
    final Keys keys = new Keys("c");
    final NodeState state;
    final Link link = new Link();
    final EngineTimings timings = new EngineTimings();
    final Replicas replicas;
    final Nodes nodes;
    final NodeCalls calls;
    final Appender appender;
    final Follower follower;
    private final BlockingQueue<List<?>> log = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    NodeRig() {
        this(0, Duration.ofSeconds(20));
    }

    NodeRig(int replicaCount, Duration timeout) {
        config = config(redis, replicaCount, timeout, new LogConfig(10, Duration.ZERO, 1 << 20, clock));
        state = new NodeState(clock);
        replicas = new Replicas(config, keys, state.instance);
        nodes = new Nodes(config, state.instance, keys);
        calls = new NodeCalls(nodes, state, keys, (command, arguments) -> {
            try (EngineConnection connection = connection()) {
                connection.call(command, arguments);
            } catch (EngineException e) {
                throw new LogException(LogException.Kind.UNAVAILABLE, e.getMessage(), e);
            }
        });
        appender = new Appender(config, link, state, keys, timings, replicas);
        follower = new Follower(config, link, state, keys, appender, calls, replicas);
        redis.always("INFO", FakeRedis.value("redis_version:7.0.15\r\nrun_id:run\r\nrole:master\r\n"));
        redis.always("SET", FakeRedis.status("OK"));
        redis.always("PEXPIRE", FakeRedis.value(1));
        redis.always("WAIT", FakeRedis.value(replicaCount));
        redis.always("XREVRANGE", FakeRedis.value(List.of()));
        redis.always("XREAD", (command, out) -> FakeRedis.value(log.poll(50, TimeUnit.MILLISECONDS)).to(command, out));
        redis.always(Script.HELLO.name(), FakeRedis.value(List.of("1", "0-0", EPOCH + ":0-0", "", "0-0")));
        redis.always(Script.BEAT.name(), FakeRedis.value(List.of("1", "0-0", EPOCH + ":0-0")));
    }

    static ClusterConfig config(FakeRedis redis, int replicas, Duration timeout, LogConfig limits) {
        return new ClusterConfig(
                new EngineAddress(List.of(redis.host()), Optional.empty(), Optional.empty(), Optional.empty(), 0,
                        false),
                "c", timeout, replicas, "node", limits);
    }

    /** {@return the address of a Redis server without credentials} */
    static EngineAddress address(FakeRedis redis) {
        return config(redis, 0, Duration.ofSeconds(2), new LogConfig(0, Duration.ZERO, 0, new TestClock())).address();
    }

    /** {@return a connection that waits long enough for every reply} */
    EngineConnection connection() throws EngineException {
        return new EngineConnection(redis.host(), config.address(), true, Duration.ofSeconds(20));
    }

    /** Makes a session without a {@link Connector}. */
    Session connect() throws EngineException {
        Session session = new Session(new Engine(config.address(), config.callTimeout()), redis.host());
        session.latest(0);
        state.epochs(EPOCH + ":0-0");
        link.connected(session, "7.0.15");
        return session;
    }

    /** Runs a part of the node until the rig is closed. */
    void start(Runnable part) {
        threads.add(Thread.ofPlatform().daemon().start(part));
    }

    /** A position, {@code number} behind the first one. */
    static long position(long number) {
        return Positions.ofMillis(MILLIS) + number;
    }

    static String id(long number) {
        return StreamIds.text(position(number));
    }

    /** Lets the next read of the log return entries. */
    void logs(List<?>... entries) {
        log.add(List.of(List.of(keys.log, List.of(entries))));
    }

    /** Lets the next read return a call of another node. */
    void isCalled(String id, String from, String to, String call, String content) {
        log.add(List.of(List.of(keys.calls, List.of(call(id, from, to, call, content)))));
    }

    static List<?> call(String id, String from, String to, String call, String content) {
        return List.of(id, List.of("f", from, "t", to, "c", call, "m", content));
    }

    /** An entry of the log with messages of one channel, in which there was none before. */
    static List<?> entry(long last, long before, String origin, Append.Item... items) {
        return List.of(StreamIds.text(last), List.of("g", StreamIds.text(before), "o", origin, "0-0 ", part(items)));
    }

    /** The content of a part with messages. */
    static byte[] part(Append.Item... items) {
        Part part = new Part(1);
        for (int i = 0; i < items.length; i++) {
            byte[] content = content(items[i].publication());
            part.add(i, "", content, 0, content.length);
        }
        return part.arguments(items.length).getLast();
    }

    /** An entry of the log that begins an epoch. */
    static List<?> epoch(long at, long before, String epoch) {
        return List.of(StreamIds.text(at), List.of("g", StreamIds.text(before), "e", epoch));
    }

    static byte[] content(Publication publication) {
        ByteSink sink = new ByteSink();
        PublicationCodec.put(sink, publication, Optional.empty(), publication.message().id().isPresent());
        return Arrays.copyOf(sink.bytes(), sink.length());
    }

    static Append append(String... data) {
        return new Append(Arrays.stream(data).map(text -> LogRig.item("a", text)).toList());
    }

    /** {@return the outcome, which has to be one without an error} */
    static Append.Outcome outcome(Append append) throws Exception {
        return append.outcome().get(20, TimeUnit.SECONDS);
    }

    /** {@return the failure of an append that has to fail} */
    static LogException failure(Append append) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("there is an outcome: " + append.outcome().get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (LogException) e.getCause();
        }
    }

    @Override
    public void close() {
        appender.close();
        link.close();
        appender.giveUp();
        threads.forEach(Thread::interrupt);
        redis.close();
        Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
    }
}
