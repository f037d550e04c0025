package dev.tinysse.cluster.redis;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogException.Kind;
import dev.tinysse.broker.log.PublishKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.Protocol;

/**
 * Takes appends from any thread, and sends all that have arrived meanwhile to Redis at once, one batch after the other. A batch
 * whose answer did not come is sent again with its number, so that it is taken once.
 */
final class Appender implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_PUBLICATIONS = 500;
    private static final long MAX_BYTES = 512 * 1024;
    private static final long LOOK_MILLIS = 50;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);

    private final ClusterConfig config;
    private final Link link;
    private final NodeState state;
    private final Keys keys;
    private final AppendQueue queue = new AppendQueue();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<Long, Batch> sent = new ConcurrentHashMap<>();
    private final ByteSink sink = new ByteSink();
    private final EngineTimings timings;
    private final Replicas replicas;
    /** The session that was used last, by the thread that appends. */
    private Session last;
    private long batches;
    private String lastError = "";
    private volatile boolean closed;

    Appender(ClusterConfig config, Link link, NodeState state, Keys keys, EngineTimings timings, Replicas replicas) {
        this.config = config;
        this.link = link;
        this.state = state;
        this.keys = keys;
        this.timings = timings;
        this.replicas = replicas;
    }

    void append(Append append) {
        if (closed) {
            append.outcome().completeExceptionally(closedFailure());
        } else if (link.current().isEmpty() || waiting.get() >= MAX_WAITING) {
            append.outcome().completeExceptionally(disconnected());
        } else {
            waiting.incrementAndGet();
            Pending pending = new Pending(append, System.nanoTime() + config.timeout().toNanos(),
                    waiting::decrementAndGet);
            queue.add(pending);
            if (closed) {
                refuse(closedFailure());
            }
        }
    }

    /** Ends requests whose time is up. Any thread. */
    void endOverdue() {
        long now = System.nanoTime();
        queue.forEach(pending -> pending.endIfOverdue(now));
        sent.values().forEach(batch -> batch.endOverdue(now));
    }

    /** Whether some request has no outcome yet. */
    boolean isAwaited() {
        return waiting.get() > 0;
    }

    /** The batch of a number, while its records may still arrive. */
    Optional<Batch> sent(long number) {
        return Optional.ofNullable(sent.get(number));
    }

    /** Sends what is in the queue, for as long as publications may wait and there is a link, and takes no more. */
    void close() {
        closed = true;
    }

    /** Lets no publication wait any longer for its outcome. */
    void giveUp() {
        refuse(disconnected());
        sent.values().forEach(batch -> batch.fail(new LogException(Kind.UNCERTAIN, "the server stops")));
    }

    @Override
    public void run() {
        while (!closed || !queue.isEmpty() && link.current().isPresent()) {
            try {
                Batch batch = take();
                if (batch != null) {
                    send(batch);
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "append to the backend failed, retrying: " + e, e);
            }
        }
        refuse(closedFailure());
    }

    private Batch take() throws InterruptedException {
        if (queue.isEmpty() && !queue.await(LOOK_NANOS)) {
            link.current().filter(session -> session.appending().isStale()).ifPresent(this::keep);
            return null;
        }
        Batch batch = new Batch(++batches, config.limits().count() > 0);
        for (Pending next = queue.poll(); next != null; next = isFull(batch) ? null : queue.poll()) {
            add(batch, next);
        }
        return batch.requests().isEmpty() ? null : batch;
    }

    /** Keeps the connection from being closed for having nothing to do. */
    private void keep(Session session) {
        try {
            session.appending().call(Protocol.Command.PING);
        } catch (EngineException e) {
            if (e.kind() == EngineException.Kind.LOST || e.kind() == EngineException.Kind.SILENT) {
                last = session;
                session.end(e);
            } else {
                LOG.log(Level.DEBUG, "backend rejects the heartbeat: " + e.getMessage());
            }
        }
    }

    private static boolean isFull(Batch batch) {
        return batch.publications() >= MAX_PUBLICATIONS || batch.bytes() >= MAX_BYTES;
    }

    private void add(Batch batch, Pending pending) {
        if (!pending.isDone()) {
            try {
                batch.add(pending, sink);
            } catch (RuntimeException e) {
                pending.fail(new LogException(Kind.UNAVAILABLE, "a message cannot be written: " + e, e));
            }
        }
    }

    private void send(Batch batch) throws InterruptedException {
        sent.put(batch.number(), batch);
        sent.values().removeIf(before -> before != batch && before.isDone());
        boolean wasSent = false;
        while (!batch.isDone()) {
            Optional<Session> session = link.current();
            if (session.isPresent()) {
                last = session.get();
                boolean again = wasSent;
                wasSent = true;
                if (isCompleted(last, batch, again)) {
                    return;
                }
            } else if (link.isClosed()) {
                batch.fail(new LogException(Kind.UNCERTAIN, "the log has been closed"));
            } else if (last != null && last.isSilent()) {
                Thread.sleep(LOOK_MILLIS); // they have waited for an answer, and may get one before their time is up
            } else if (wasSent) {
                refuse(disconnected());
                Thread.sleep(LOOK_MILLIS);
            } else {
                batch.fail(disconnected());
            }
        }
    }

    /** Sends the batch; if that is not the first attempt, an earlier one may have been taken. */
    private boolean isCompleted(Session session, Batch batch, boolean again) {
        try {
            List<byte[]> names = new ArrayList<>(List.of(keys.state, keys.log, keys.channels, keys.oldest,
                    keys.responses, keys.responseAges, keys.batch(state.instance)));
            names.addAll(batch.streams(keys));
            long since = System.nanoTime();
            Object reply = session.appending().run(Script.APPEND, names, arguments(batch));
            boolean confirmed = replicas.haveWritten(session.appending(), left(batch));
            timings.appended(since);
            completed(batch, (List<?>) reply, confirmed);
            return true;
        } catch (EngineException e) {
            return hasFailed(session, batch, again, e);
        }
    }

    private List<byte[]> arguments(Batch batch) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(EngineConnection.bytes(String.valueOf(batch.number())));
        arguments.addAll(state.scriptArguments());
        arguments.add(StreamIds.bytes(state.seen()));
        arguments.add(EngineConnection.bytes(String.valueOf(config.limits().count())));
        arguments.add(EngineConnection.bytes(String.valueOf(config.limits().size())));
        arguments.add(keys.streams);
        arguments.add(EngineConnection.bytes(state.instance));
        arguments.addAll(batch.arguments());
        return arguments;
    }

    /** Until the time of all its publishers is up. */
    private static Duration left(Batch batch) {
        long left = batch.requests().stream().mapToLong(Pending::deadline).max().orElseThrow() - System.nanoTime();
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    private void completed(Batch batch, List<?> reply, boolean confirmed) {
        if (!confirmed) {
            batch.fail(new LogException(Kind.UNCERTAIN, "no replica has confirmed it"));
            return;
        }
        state.acknowledged(StreamIds.position(reply.get(0)));
        List<?> outcomes = reply.size() > 1 ? (List<?>) reply.get(1) : List.of();
        List<List<Pending>> groups = batch.groups();
        for (int i = 0; i < groups.size(); i++) {
            if (outcomes.isEmpty() || outcomes.get(i) instanceof byte[] outcome && outcome[0] == 'c') {
                groups.get(i).forEach(Pending::taken);
            } else {
                groups.get(i).getFirst().complete(outcome(outcomes.get(i)));
            }
        }
    }

    /** Finds the response that Redis has stored for a key, over a connection that the caller has for itself. Any thread. */
    Optional<Append.Outcome> find(EngineConnection connection, PublishKey key) throws EngineException, LogException {
        Object found = connection.run(Script.FIND_RESPONSE,
                List.of(keys.state, keys.log, keys.channels, keys.oldest, keys.responses, keys.responseAges,
                        keys.confirmation(state.instance)),
                List.of(state.time(), EngineConnection.bytes(key.name()), EngineConnection.bytes(key.digest()),
                        EngineConnection.bytes(config.replicas() > 0 ? "1" : "0")));
        if (found != null && !replicas.haveWritten(connection, config.timeout())) {
            throw new LogException(Kind.UNCERTAIN, "no replica has confirmed it");
        }
        return Optional.ofNullable(found).map(this::outcome);
    }

    /** The reply of Redis to a request whose key has been used. */
    private Append.Outcome outcome(Object told) {
        return told instanceof List<?> stored
                ? new Append.Outcome.Repeated(
                        new ResponseTemplate(EngineConnection.text(stored.get(1)), (byte[]) stored.get(2))
                                .results(StreamIds.position(stored.get(0)), state.epochs()))
                : new Append.Outcome.KeyReused();
    }

    /** Whether that is the outcome, and the batch is not to be sent again. */
    private boolean hasFailed(Session session, Batch batch, boolean again, EngineException e) {
        switch (e.kind()) {
            case FULL -> batch.fail(new LogException(Kind.FULL, "backend is out of memory: " + e.getMessage(), e));
            case LOST, SILENT -> {
                session.end(e);
                return false;
            }
            default -> {
                if (e.getMessage()
                        .matches("(READONLY|LOADING|MASTERDOWN|MOVED|ASK|CLUSTERDOWN|TRYAGAIN|UNBLOCKED)\\b.*")) {
                    session.end(session.host() + ": " + e.getMessage());
                    return false;
                }
                batch.fail(new LogException(again ? Kind.UNCERTAIN : Kind.DISCONNECTED, e.getMessage(), e));
                if (!e.getMessage().equals(lastError)) {
                    lastError = e.getMessage();
                    LOG.log(Level.ERROR, "backend rejects messages: " + lastError);
                }
            }
        }
        return true;
    }

    private void refuse(LogException why) {
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
            next.fail(why);
        }
    }

    private static LogException disconnected() {
        return new LogException(Kind.DISCONNECTED, "not connected to the cluster");
    }

    private static LogException closedFailure() {
        return new LogException(Kind.FAILED, "the log has been closed");
    }
}
