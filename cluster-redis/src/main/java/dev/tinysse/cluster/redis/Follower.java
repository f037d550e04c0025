package dev.tinysse.cluster.redis;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Hole;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Receipt;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Protocol;

/**
 * Reads the log of the cluster from where this node is, and hands it on: there is one way in, whoever has published. Each entry names
 * the one before it, so that nothing is missed in silence. Run by one thread.
 */
final class Follower implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final int MAX_ENTRIES = 256;

    private final Link link;
    private final NodeState state;
    private final Keys keys;
    private final Appender appender;
    private final NodeCalls nodeCalls;
    private final Records records;
    private final long blockMillis;
    private final Duration readTimeout;
    private final CompletableFuture<Long> begin = new CompletableFuture<>();
    private volatile LogFollower follower = record -> new Receipt(0, 0, record.publication().message().id());
    private long position;
    private String epoch;

    Follower(ClusterConfig config, Link link, NodeState state, Keys keys, Appender appender,
            NodeCalls nodeCalls) {
        this.nodeCalls = nodeCalls;
        this.link = link;
        this.state = state;
        this.keys = keys;
        this.appender = appender;
        this.records = new Records(state, config.limits().count() > 0);
        this.blockMillis = Math.max(1, Math.min(1000, config.callTimeout().toMillis() / 2));
        this.readTimeout = config.callTimeout().plusMillis(blockMillis);
    }

    void follow(LogFollower first) {
        follower = first;
    }

    /** The position behind which it hands on; complete as soon as the engine has been there. */
    CompletableFuture<Long> begin() {
        return begin;
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
                    LOG.log(Level.ERROR, "following the cluster failed, continuing: " + e, e);
                    session.get().end("following failed");
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
        byte[] calls = newest.isEmpty() ? StreamIds.bytes(0) : (byte[]) ((List<?>) newest.getFirst()).get(0);
        if (!begin.isDone()) {
            position = session.begin();
            epoch = state.epochs().at(position);
            state.followed(position);
            begin.complete(position);
        }
        while (!session.isEnded()) {
            long latest = session.latest();
            Object reply = session.following().call(Protocol.Command.XREAD, "BLOCK", blockMillis, "COUNT", MAX_ENTRIES,
                    "STREAMS", keys.log, keys.calls, StreamIds.bytes(position), calls);
            link.heard();
            boolean any = false;
            for (Object stream : reply instanceof List<?> streams ? streams : List.of()) {
                boolean ofLog = Arrays.equals((byte[]) ((List<?>) stream).get(0), keys.log);
                any |= ofLog;
                for (Object entry : (List<?>) ((List<?>) stream).get(1)) {
                    if (ofLog) {
                        take((List<?>) entry);
                    } else {
                        calls = (byte[]) ((List<?>) entry).get(0);
                        nodeCalls.take((List<?>) ((List<?>) entry).get(1));
                    }
                }
            }
            if (any) {
                continue;
            }
            if (latest > position) {
                missed(latest);
            }
            Epochs.Epoch current = state.epochs().current();
            if (!current.name().equals(epoch) && current.begin() <= position) {
                missed(current.begin());
            }
        }
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

    private void handOn(long at, List<?> fields) {
        byte[] content = (byte[]) fields.get(5);
        long previous = fields.size() > 7 ? StreamIds.position(fields.get(7)) : 0;
        Optional<Origin> here = Origin.of((byte[]) fields.get(3), state.instance);
        Optional<Batch> own = here.flatMap(origin -> appender.sent(origin.batch()));
        if (own.isEmpty()) {
            follower.committed(records.record(at, previous, content));
            return;
        }
        Pending pending = own.get().requests().get(here.get().request() - 1);
        int item = here.get().item();
        Publication publication = records.withId(pending.publication(item), at);
        pending.followed(item, follower.committed(
                new LogRecord(at, previous, publication, pending.append().items().get(item).attributes())));
    }

    /** What lies up to a position does not come. */
    private void missed(long upTo) {
        String now = state.epochs().at(upTo);
        boolean newEpoch = !now.equals(epoch);
        epoch = now;
        LOG.log(Level.WARNING, newEpoch
                ? "cluster has a new epoch, for its engine has lost something: epoch=" + now
                : "the log of the cluster was trimmed before this node had read it");
        if (newEpoch) {
            state.acknowledged(upTo);
        }
        long after = position;
        position = upTo;
        state.followed(upTo);
        follower.missed(new Hole(after, upTo, newEpoch));
    }
}
