package dev.tinysse.broker;

import dev.tinysse.api.Hook;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The streams of one fan-out thread, from the first byte to the last. That thread alone calls it.
 *
 * <p>Whatever goes wrong with a stream closes that stream, and touches no other.
 */
final class Streams {
    private static final Logger LOG = System.getLogger("tinysse");

    /** An action on a stream, whose failure closes that stream alone. */
    private interface Action {
        void run() throws IOException;
    }

    private final Selector selector;
    private final Ring ring;
    private final StreamFormat format;
    private final PublishCalls publishCalls;
    private final HookThreads hooks;
    private final StreamClock clock;
    private final StreamWriter writer;
    private final MessageStage stage;
    private final StreamInput input = new StreamInput();
    private final FanOutWorker worker;
    private final StreamTable table = new StreamTable();
    private final StreamEnds ends;
    private final HeldFrames held;
    private final LongSupplier nanoTime;
    private LongSupplier stopRetry;

    Streams(FanOutWorker worker, Selector selector, ReturningChannels returning, DeadlineWheel deadlines,
            BrokerParts parts) {
        this.worker = worker;
        this.selector = selector;
        this.ring = parts.ring();
        this.format = parts.format();
        this.publishCalls = parts.publishCalls();
        this.hooks = parts.hooks();
        this.clock = new StreamClock(parts.config(), deadlines);
        this.nanoTime = parts.clock();
        this.held = new HeldFrames(parts.memory().held());
        this.writer = new StreamWriter(ring, parts.losses(), parts.publishCalls(), held);
        this.stage = new MessageStage(worker, hooks.calls(), format, new FrameBudget(parts.memory().made()));
        this.ends = new StreamEnds(table, clock, writer, held, returning, parts);
    }

    /** Takes over a stream that has joined the ring, and sends its first bytes. */
    void adopt(Stream stream, byte[] head) {
        table.add(stream);
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "stream opened: client=" + Clients.name(stream.channel));
        }
        act(stream, () -> {
            stream.channel.configureBlocking(false);
            stream.key = stream.channel.register(selector, SelectionKey.OP_READ, stream);
            stream.addControl(head);
            writer.clock(now());
            writer.flush(stream);
            clock.set(stream, now());
        });
    }

    /**
     * Sends a stream what it has missed, and from then on what is published.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     */
    void goLive(Stream stream, List<byte[]> replay, Set<String> ids, long latestCall) {
        stream.replayed = true;
        if (stream.state == Stream.State.ENDED) {
            ends.unsubscribe(stream);
        } else if (stream.state == Stream.State.REPLAYING) {
            stream.state = Stream.State.LIVE;
            replay.forEach(stream::add);
            stream.replayed(ids, latestCall);
            stream.limitOverlap(ring, publishCalls);
            act(stream, () -> {
                proceed(stream);
                if (stream.stalled) {
                    held.hold(stream);
                }
            });
            cutOffHolders();
        }
    }

    /**
     * Sends what has been published to all streams that can take it.
     *
     * @return the message before which everything is on its way
     */
    long deliver(long head) {
        writer.clock(now());
        long reached = head;
        if (hooks.calls().has(Hook.MESSAGE)) {
            reached = stage.start(head, table, writer);
        } else {
            for (int i = table.size() - 1; i >= 0; i--) { // backwards, for a stream that ends leaves its place to the last one
                Stream stream = table.get(i);
                if (stream.canTake()) {
                    act(stream, () -> writer.writePending(stream, head));
                }
            }
        }
        writer.settle();
        finishDraining();
        return reached;
    }

    /** Sends the results of the {@code message} hook. */
    void passed(MessageBatch batch, int from, int to, boolean last, long made) {
        try {
            writer.clock(now());
            int end;
            for (int i = from; i < to; i = end) {
                end = Math.min(to, batch.end(i));
                passed(batch, i, end);
            }
        } finally {
            stage.written(made);
            if (last) {
                stage.finished();
            }
        }
        cutOffHolders();
        worker.deliverInThisTurn();
    }

    private void passed(MessageBatch batch, int from, int to) {
        Stream stream = batch.stream(from);
        stream.inHook -= to - from;
        if (stream.state == Stream.State.LIVE) {
            act(stream, () -> batch.write(from, to, writer));
        } else {
            batch.drop(from, to);
        }
    }

    /** The client of a stream has sent bytes, or left. */
    void readable(Stream stream) {
        act(stream, () -> {
            input.read(stream).ifPresent(reason -> ends.close(stream, reason));
        });
    }

    /** The client of a stream that did not take everything takes bytes again. */
    void writable(Stream stream) {
        act(stream, () -> proceed(stream));
    }

    /** A stream's deadline has passed. */
    void due(Stream stream) {
        long now = now();
        writer.clock(now);
        switch (clock.due(stream, now)) {
            case NOT_READING -> ends.close(stream, EndReason.NOT_READING);
            case TIME_UP -> timeUp(stream, Duration.ofNanos(now - stream.opened));
            case KEEP_ALIVE -> act(stream, () -> {
                stream.addControl(format.keepAlive());
                writer.flush(stream);
            });
            case NOTHING -> {
            }
        }
        if (stream.state != Stream.State.ENDED) {
            clock.set(stream, now);
        }
    }

    /** Ends every stream as soon as it has all that was published; the client is told when to come back. */
    void drain(LongSupplier retryMillis) {
        stopRetry = retryMillis;
        worker.deliverInThisTurn();
    }

    /** Closes the streams that are left. */
    void closeAll() {
        while (table.size() > 0) {
            Stream stream = table.get(table.size() - 1);
            ends.close(stream, EndReason.STOP_UNFINISHED);
        }
    }

    private void proceed(Stream stream) throws IOException {
        writer.clock(now());
        if (!writer.flush(stream)) {
            return;
        }
        switch (stream.state) {
            case LIVE -> {
                if (!hooks.calls().has(Hook.MESSAGE)) {
                    writer.writePending(stream, ring.head());
                } else if (stream.cursor < ring.head()) {
                    worker.deliverInThisTurn();
                }
                writer.settle();
                finishDraining(stream);
            }
            case ENDING -> ends.release(stream, stream.endReason);
            default -> {
            }
        }
    }

    private void timeUp(Stream stream, Duration age) {
        stream.timeUp = true;
        hooks.timeout(stream.subscription, age,
                retryMillis -> worker
                        .execute(() -> finish(stream, format.timeout(retryMillis), EndReason.TIMEOUT)));
    }

    private void finishDraining() {
        if (stopRetry != null) {
            for (int i = table.size() - 1; i >= 0; i--) {
                finishDraining(table.get(i));
            }
        }
    }

    private void finishDraining(Stream stream) {
        if (stopRetry != null && stream.canTake() && stream.cursor == ring.head()) {
            finish(stream, format.stop(stopRetry.getAsLong()), EndReason.STOP);
        }
    }

    private void finish(Stream stream, byte[] end, EndReason reason) {
        if (stream.state == Stream.State.ENDING || stream.state == Stream.State.ENDED) {
            return;
        }
        if (stream.stalled) {
            ends.close(stream, EndReason.TIMEOUT_NOT_READING); // at a stop, a stalled stream is not finished
            return;
        }
        stream.state = Stream.State.ENDING;
        stream.endReason = reason;
        ends.leaveRing(stream); // before the client can see the end, and count
        stream.addControl(end);
        act(stream, () -> proceed(stream));
    }

    private void act(Stream stream, Action action) {
        boolean wasStalled = stream.stalled;
        try {
            action.run();
            if ((stream.stalled || wasStalled) && stream.state != Stream.State.ENDED) {
                clock.set(stream, now());
            }
        } catch (IOException e) {
            ends.close(stream, EndReason.of(e));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a stream failed: client=%s: %s".formatted(Clients.name(stream.channel), e), e);
            ends.close(stream, EndReason.FAILED);
        }
    }

    /** While frames made for single clients hold too much memory, closes the stream that has been stalled for longest. */
    private void cutOffHolders() {
        while (held.isExceeded()) {
            Stream longest = null;
            for (int i = 0; i < table.size(); i++) {
                Stream stream = table.get(i);
                if (stream.held > 0 && (longest == null || stream.stalledSince - longest.stalledSince < 0)) {
                    longest = stream;
                }
            }
            ends.close(longest, EndReason.HOLDS_TOO_MUCH);
        }
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
