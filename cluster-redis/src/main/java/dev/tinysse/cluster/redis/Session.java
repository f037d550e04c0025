package dev.tinysse.cluster.redis;

import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import redis.clients.jedis.HostAndPort;

/**
 * The connections to one master: from the first call until one of its connections fails. Each connection is for one thread; any
 * thread may end the session.
 */
final class Session implements AutoCloseable {
    private final Engine engine;
    private final HostAndPort host;
    private final EngineConnection appending;
    private final EngineConnection following;
    private final EngineConnection beating;
    private final Deque<EngineConnection> idle = new ConcurrentLinkedDeque<>();
    private final AtomicReference<String> cause = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile long latest;
    private volatile OptionalLong begin = OptionalLong.empty();
    private volatile long confirmed;

    /** Makes the connections. */
    Session(Engine engine, HostAndPort host) throws EngineException {
        this.engine = engine;
        this.host = host;
        appending = engine.connect(host);
        EngineConnection second = null;
        try {
            second = engine.connect(host);
            beating = engine.connect(host);
        } catch (EngineException e) {
            appending.close();
            if (second != null) {
                second.close();
            }
            throw e;
        }
        following = second;
    }

    HostAndPort host() {
        return host;
    }

    EngineConnection appending() {
        return appending;
    }

    EngineConnection following() {
        return following;
    }

    EngineConnection beating() {
        return beating;
    }

    /** A connection to read with, to be {@linkplain #giveBack given back}, or closed if it has failed. */
    EngineConnection borrow() throws EngineException {
        for (EngineConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            if (!connection.isStale()) {
                return connection;
            }
            connection.close();
        }
        return engine.connect(host);
    }

    void giveBack(EngineConnection connection) {
        idle.push(connection);
        if (isEnded()) {
            closeIdle();
        }
    }

    /** The last position in the log that Redis has reported. */
    long latest() {
        return latest;
    }

    /** Redis has reported it. Only for the thread that connects. */
    void latest(long position) {
        latest = position;
        if (begin.isEmpty()) {
            begin = OptionalLong.of(position);
        }
    }

    /** The last position in the log before anything was appended by way of this session. */
    long begin() {
        return begin.orElseThrow();
    }

    /** A position up to which some node has handed on the log, since replicas had confirmed it; 0 if that is not known. */
    long confirmed() {
        return confirmed;
    }

    /** Redis has reported it. Only for the thread that connects. */
    void confirmed(long position) {
        confirmed = position;
    }

    boolean isEnded() {
        return cause.get() != null;
    }

    String cause() {
        return cause.get();
    }

    /** Whether it has ended because Redis does not respond. */
    boolean isSilent() {
        return silent;
    }

    /** Ends it, unless it has ended; the first cause counts. */
    void end(EngineException why) {
        end(why.getMessage(), why.kind() == EngineException.Kind.SILENT);
    }

    /** Ends it, unless it has ended; the first cause counts. */
    void end(String why) {
        end(why, false);
    }

    private void end(String why, boolean isSilent) {
        if (cause.compareAndSet(null, why)) {
            silent = isSilent;
            appending.close();
            following.close();
            beating.close();
            closeIdle();
            ended.countDown();
        }
    }

    /** Waits for the end. */
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        end("closed");
    }

    private void closeIdle() {
        for (EngineConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
