package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.PublishResult;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Protocol;

/**
 * Reads the log of the cluster from where this node is, and hands it on: there is one way in, for the messages of all nodes. Each entry names
 * the one before it, so that no loss is silent. Run by one thread.
 */
final class Follower implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int MAX_ENTRIES = 32;
    /** The number of fields of an entry before its parts. */
    private static final int PARTS = 4;
    /** So long the calls of other nodes wait for replicas at a time, and replicas for calls. */
    private static final Duration CONFIRMATION = Duration.ofMillis(200);
    private static final int UNCONFIRMED_MILLIS = 100;

    private final Link link;
    private final NodeState state;
    private final Keys keys;
    private final Appender appender;
    private final NodeCalls nodeCalls;
    private final Records records;
    private final long blockMillis;
    private final Duration readTimeout;
    private final Replicas replicas;
    private final CompletableFuture<Long> begin = new CompletableFuture<>();
    private volatile LogFollower follower = record -> new PublishResult.Accepted(0, 0,
            record.publication().message().id());
    /** The last call of another node that has been taken. */
    private byte[] call = StreamIds.bytes(0);
    private long position;
    /** That of what has been handed on. */
    private volatile String epoch = EventId.NO_EPOCH;

    Follower(ClusterConfig config, Link link, NodeState state, Keys keys, Appender appender,
            NodeCalls nodeCalls, Replicas replicas) {
        this.nodeCalls = nodeCalls;
        this.replicas = replicas;
        this.link = link;
        this.state = state;
        this.keys = keys;
        this.appender = appender;
        this.records = new Records(config.limits().count() > 0);
        this.blockMillis = Math.max(1, Math.min(1000, config.callTimeout().toMillis() / 2));
        this.readTimeout = config.callTimeout().plusMillis(blockMillis);
    }

    void follow(LogFollower first) {
        follower = first;
    }

    /** The position behind which it hands on; complete as soon as Redis has responded. */
    CompletableFuture<Long> begin() {
        return begin;
    }

    /** The epoch that the follower has reported last; any thread. */
    String epoch() {
        return epoch;
    }

    @Override
    public void run() {
        try {
            for (Optional<Session> session = link.await(); session.isPresent(); session = link.await()) {
                try {
                    follow(session.get());
                } catch (EngineException e) {
                    session.get().end(e);
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "reading from the backend failed, retrying: " + e, e);
                    session.get().end("reading failed");
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void follow(Session session) throws EngineException {
        session.following().timeout(readTimeout);
        List<?> newest = (List<?>) session.following().call(Protocol.Command.XREVRANGE, keys.calls, "+", "-", "COUNT",
                1);
        call = newest.isEmpty() ? StreamIds.bytes(0) : (byte[]) ((List<?>) newest.getFirst()).get(0);
        if (!begin.isDone()) {
            begin(session);
        }
        while (!session.isEnded()) {
            long latest = session.latest();
            List<?> entries = read(session, "BLOCK", blockMillis, "COUNT", MAX_ENTRIES, "STREAMS", keys.log, keys.calls,
                    StreamIds.bytes(position), call);
            if (!entries.isEmpty()) {
                if (awaitConfirmed(session)) {
                    entries.forEach(entry -> take((List<?>) entry));
                }
                continue;
            }
            if (latest > position && awaitConfirmed(session)) {
                missed(latest);
            }
            Epochs.Epoch current = state.epochs().current();
            if (!current.name().equals(epoch) && current.begin() <= position) {
                missed(current.begin());
            }
        }
    }

    /** Begins at the end of the log; if replicas do not have all of that now, where they had it when some node was there. */
    private void begin(Session session) throws EngineException {
        position = session.begin();
        if (replicas.areNeeded() && session.confirmed() > 0 && !isConfirmed(session)) {
            position = Math.min(position, session.confirmed());
        }
        epoch = state.epochs().at(position);
        state.followed(position);
        begin.complete(position);
    }

    /** Reads what has come, takes the calls among it, and hands back the entries of the log. */
    private List<?> read(Session session, Object... arguments) throws EngineException {
        Object reply = session.following().call(Protocol.Command.XREAD, arguments);
        link.heard();
        List<?> entries = List.of();
        for (Object stream : reply instanceof List<?> streams ? streams : List.of()) {
            List<?> its = (List<?>) ((List<?>) stream).get(1);
            if (Arrays.equals((byte[]) ((List<?>) stream).get(0), keys.log)) {
                entries = its;
            } else {
                for (Object entry : its) {
                    call = (byte[]) ((List<?>) entry).get(0);
                    nodeCalls.take((List<?>) ((List<?>) entry).get(1));
                }
            }
        }
        return entries;
    }

    /**
     * Waits until replicas have what has been read, whichever node has appended it: before that no stream may receive it. What is never confirmed
     * is not handed on, and is read again from the next master, if that has it.
     *
     * @return whether they have; if not, the session has ended
     */
    private boolean awaitConfirmed(Session session) throws EngineException {
        while (replicas.areNeeded() && !isConfirmed(session)) {
            if (session.isEnded()) {
                return false;
            }
            read(session, "BLOCK", UNCONFIRMED_MILLIS, "COUNT", MAX_ENTRIES, "STREAMS", keys.calls, call);
        }
        return true;
    }

    private boolean isConfirmed(Session session) throws EngineException {
        EngineConnection connection = session.following();
        boolean confirmed = replicas.mark(connection) && replicas.haveWritten(connection, CONFIRMATION);
        connection.timeout(readTimeout);
        return confirmed;
    }

    private void take(List<?> entry) {
        long at = StreamIds.position(entry.get(0));
        List<?> fields = (List<?>) entry.get(1);
        long before = StreamIds.position(fields.get(1));
        if (((byte[]) fields.get(2))[0] == 'e') {
            String begun = EngineConnection.text(fields.get(3));
            if (!state.epochs().knows(begun)) {
                state.epochs((state.epochs() + " " + begun + ":" + StreamIds.text(at)).strip());
            }
            missed(at);
            return;
        }
        if (before != position) {
            missed(before);
        }
        handOn(at, fields);
        position = at;
        state.followed(at);
    }

    /** Hands on the publications of an entry, whose positions end with that of the entry. */
    private void handOn(long last, List<?> fields) {
        LogEntry entry = LogEntry.of(last, fields.subList(PARTS, fields.size()), records.areStored());
        Optional<List<Batch.Sent>> own = Origin.of((byte[]) fields.get(3), state.instance)
                .flatMap(origin -> appender.sent(origin.batch()).map(batch -> batch.entry(origin.entry())));
        for (int i = 0; i < entry.messages().size(); i++) {
            long at = entry.first() + i;
            if (own.isPresent()) {
                handOn(at, entry.previous().get(i), own.get().get(i));
            } else {
                follower.committed(records.record(at, entry.previous().get(i), entry.messages().get(i), epoch));
            }
        }
    }

    private void handOn(long at, long previous, Batch.Sent own) {
        Append.Item item = own.pending().append().items().get(own.item());
        own.pending().followed(own.item(), follower.committed(
                records.record(at, previous, item.publication(), item.attributes(), epoch)));
    }

    /** The messages up to a position are lost. */
    private void missed(long upTo) {
        String now = state.epochs().at(upTo);
        boolean newEpoch = !now.equals(epoch);
        LOG.log(Level.WARNING, newEpoch
                ? "backend lost messages, new epoch: epoch=" + now
                : "the backend trimmed messages before this node had read them");
        if (newEpoch) {
            state.acknowledged(upTo);
        }
        long after = position;
        position = upTo;
        state.followed(upTo);
        follower.missed(new LogGap(after, upTo, newEpoch ? Optional.of(now) : Optional.empty()));
        epoch = now;
    }
}
