package dev.tinysse.cluster.redis;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.Peer;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.broker.log.SharedLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A log in a Redis server that several nodes share. Safe for any thread. */
final class RedisLog implements EventLog, Retention, SharedLog {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int READERS = 8;
    private static final int SWEEP_CHANNELS = 200;
    private static final long READ_AGAIN_MILLIS = 200;
    private static final Duration LAST_APPENDS = Duration.ofSeconds(1);

    private final ClusterConfig config;
    private final Link link = new Link();
    private final EngineTimings timings = new EngineTimings();
    private final Keys keys;
    private final NodeState state;
    private final Deadlines deadlines;
    private final Replicas replicas;
    private final Appender appender;
    private final Follower follower;
    private final NodeCalls calls;
    private final HistoryReader reader;
    private final Semaphore readers = new Semaphore(READERS);
    private final Thread connecting;
    private final Thread appending;
    private final Thread following;
    private final Thread waiting;
    private volatile HistoryTotal total = HistoryTotal.NOTHING;
    private boolean closed;

    RedisLog(ClusterConfig config) {
        this.config = config;
        keys = new Keys(config.name());
        state = new NodeState(config.limits().clock());
        replicas = new Replicas(config, keys, state.instance);
        appender = new Appender(config, link, state, keys, timings, replicas);
        deadlines = new Deadlines(appender);
        Nodes nodes = new Nodes(config, state.instance, keys);
        calls = new NodeCalls(nodes, state, keys,
                (command, arguments) -> reading(connection -> connection.call(command, arguments)));
        follower = new Follower(config, link, state, keys, appender, calls, replicas);
        reader = new HistoryReader(state, keys, config.limits());
        connecting = thread("tinysse-cluster",
                new Connector(config, link, state, keys, nodes, timings, replicas));
        appending = thread("tinysse-cluster-append", appender);
        following = thread("tinysse-cluster-follow", follower);
        waiting = thread("tinysse-cluster-deadlines", deadlines);
    }

    private static Thread thread(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }

    /** Connects; waits for an unreachable server, but here no longer than a publication would. */
    @Override
    public void follow(LogFollower first) {
        follower.follow(first);
        for (Thread thread : List.of(connecting, appending, following, waiting)) {
            thread.start();
        }
        link.awaitFirst(config.callTimeout());
    }

    @Override
    public void append(Append append) {
        appender.append(append);
    }

    /** A call that reads. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(EngineConnection connection) throws EngineException, LogException;
    }

    private <T> T reading(Reading<T> reading) throws LogException {
        Session session = link.current().orElseThrow(RedisLog::disconnected);
        readers.acquireUninterruptibly();
        try {
            EngineConnection connection = session.borrow();
            try {
                long since = System.nanoTime();
                T read = reading.read(connection);
                timings.read(since);
                session.giveBack(connection);
                return read;
            } catch (EngineException | LogException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (EngineException e) {
            throw new LogException(LogException.Kind.UNAVAILABLE, "cannot read from the cluster: " + e.getMessage(), e);
        } finally {
            readers.release();
        }
    }

    @Override
    public Optional<Append.Outcome> findResponse(PublishKey key) throws LogException {
        return reading(connection -> appender.find(connection, key));
    }

    @Override
    public LogPage read(LogRange range, String epoch) throws LogException {
        return reading(connection -> reader.read(connection, range, epoch));
    }

    @Override
    public OptionalLong find(ChannelSet channels, String id) throws LogException {
        return reading(connection -> reader.find(connection, channels, id));
    }

    @Override
    public Dropped dropped(ChannelSet channels, long after, long known) throws LogException {
        return reading(connection -> reader.dropped(connection, channels, after, known));
    }

    @Override
    public long startOfLast(ChannelSet channels, int count) throws LogException {
        return reading(connection -> reader.startOfLast(connection, channels, count));
    }

    @Override
    public Map<String, ChannelHistory> histories(ChannelSet channels) throws LogException {
        return reading(connection -> reader.histories(connection, channels, epoch()));
    }

    @Override
    public Collection<String> channels() throws LogException {
        return reading(reader::channels);
    }

    /** Asks Redis; while it is unreachable, the last reply. */
    @Override
    public HistoryTotal total() {
        if (link.isAnswering()) {
            try {
                total = reading(reader::total);
            } catch (LogException e) {
                LOG.log(Level.DEBUG, e.getMessage());
            }
        }
        return total;
    }

    @Override
    public long forget(String channel) throws LogException {
        AtomicBoolean confirmed = new AtomicBoolean(true);
        long forgotten = reading(connection -> {
            long count = reader.forget(connection, channel);
            confirmed.set(replicas.haveWritten(connection, config.timeout()));
            return count;
        });
        if (!confirmed.get()) {
            throw new LogException(LogException.Kind.UNCERTAIN, "no replica has confirmed it");
        }
        return forgotten;
    }

    @Override
    public long recovered() throws LogException {
        try {
            while (!follower.begin().isDone() && link.awaitForReader()) {
                Thread.sleep(1);
            }
            return follower.begin().get(0, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new LogException(LogException.Kind.DISCONNECTED, "not connected to the cluster", e);
        }
    }

    @Override
    public String epoch() {
        return follower.epoch();
    }

    /**
     * A node may learn of an epoch later than a client that comes from another one: Redis knows. An id that Redis may have
     * given, and lost, makes it begin a new one.
     */
    @Override
    public boolean confirmEpoch(EventId id) throws LogException {
        if (!state.epochs().knows(id.epoch())) {
            reading(reader::epochs).ifPresent(state::epochs);
        }
        if (state.isInDoubt(id.position()) && id.epoch().equals(state.epochs().current().name())) {
            reading(connection -> lost(connection, id)).ifPresent(state::epochs);
        }
        awaitEpoch();
        return id.epoch().equals(epoch());
    }

    private Optional<String> lost(EngineConnection connection, EventId id) throws EngineException {
        List<byte[]> arguments = new ArrayList<>(state.scriptArguments());
        arguments.add(EngineConnection.bytes(id.epoch()));
        arguments.add(StreamIds.bytes(id.position()));
        return Optional.of(EngineConnection.text(connection.run(Script.LOST, List.of(keys.state, keys.log), arguments)))
                .filter(epochs -> !epochs.isEmpty());
    }

    /** Waits until the epoch that has begun in Redis has reached this node, so that its streams learn of it first. */
    private void awaitEpoch() throws LogException {
        try {
            long end = System.nanoTime() + config.timeout().toNanos();
            while (!epoch().equals(state.epochs().current().name())) {
                if (System.nanoTime() - end > 0 || !link.awaitForReader()) {
                    throw disconnected();
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw disconnected();
        }
    }

    private static LogException disconnected() {
        return new LogException(LogException.Kind.DISCONNECTED, "not connected to the cluster");
    }

    @Override
    public boolean hadEpoch(String epoch) {
        return state.epochs().hadBefore(epoch);
    }

    @Override
    public boolean hasHistory() {
        return config.limits().count() > 0;
    }

    @Override
    public Retention retention() {
        return hasHistory() ? this : Retention.NONE;
    }

    @Override
    public Optional<SharedLog> shared() {
        return Optional.of(this);
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    @Override
    public InstantSource clock() {
        return () -> java.time.Instant.ofEpochMilli(state.millis());
    }

    @Override
    public boolean awaitReadable() {
        try {
            Thread.sleep(READ_AGAIN_MILLIS);
            return link.awaitForReader();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stopWaiting() {
        link.drain();
    }

    @Override
    public void giveUpAppends() {
        appender.giveUp();
    }

    @Override
    public List<Figure> figures() {
        return timings.figures(link.isAnswering());
    }

    @Override
    public String node() {
        return config.node();
    }

    @Override
    public void join(Peer here) {
        calls.join(here);
    }

    @Override
    public List<byte[]> request(byte[] request) {
        return calls.request(request);
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void sweep() {
        if (config.limits().age().isZero() || link.current().isEmpty()) {
            return;
        }
        try {
            while (reading(connection -> connection.run(Script.SWEEP,
                    List.of(keys.state, keys.log, keys.channels, keys.oldest),
                    List.of(state.time(), number(config.limits().age().toMillis()), keys.streams,
                            number(SWEEP_CHANNELS)))) instanceof Long more
                    && more > 0) {
                Thread.onSpinWait();
            }
        } catch (LogException e) {
            LOG.log(Level.DEBUG, e.getMessage());
        }
    }

    private static byte[] number(long number) {
        return EngineConnection.bytes(String.valueOf(number));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        appender.close();
        awaitAppends();
        link.close();
        join(appending);
        connecting.interrupt();
        following.interrupt();
        deadlines.close();
        join(connecting);
        join(following);
    }

    /** The last batch may be under way; does not wait for a server that does not respond. */
    private void awaitAppends() {
        try {
            appending.join(LAST_APPENDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
