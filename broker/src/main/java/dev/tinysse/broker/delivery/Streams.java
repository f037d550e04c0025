package dev.tinysse.broker.delivery;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.stream.StreamFormat;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The streams of one fan-out thread, from the first byte to the last. That thread alone calls it.
 *
 * <p>Whatever goes wrong with a stream closes that stream, and touches no other.
 */
public final class Streams {
    private static final Logger LOG = System.getLogger("tinysse");

    /** An action on a stream, whose failure closes that stream alone. */
    private interface Action {
        void run() throws IOException;
    }

    private final Selector selector;
    private final StreamFormat format;
    private final DecisionSequence decisions;
    private final HookThreads hooks;
    private final StreamClock clock;
    private final MessageSource source;
    private final StreamWriter writer;
    private final MessageStage stage;
    private final StreamGroups groups;
    private final StreamReplays replays;
    private final StreamStarts starts;
    private final StreamInput input = new StreamInput();
    private final StreamTable table = new StreamTable();
    private final StreamEnds ends;
    private final GracefulEnds gracefulEnds;
    private final HeldFrames held;
    private final LongSupplier nanoTime;
    private final DeliveryFigures figures = new DeliveryFigures();
    private final StreamListing listing;
    private final FirstPasses passes;
    /** Whether a stream has lost messages and has not received the gap. */
    private boolean anyMissed;

    Streams(int number, WorkerQueue queue, Executor worker, Selector selector, ReturningChannels returning,
            DeadlineWheel deadlines, BrokerParts parts) {
        this.selector = selector;
        this.format = parts.format();
        this.decisions = parts.decisions();
        this.hooks = parts.hooks();
        this.clock = new StreamClock(parts.config(), deadlines);
        this.nanoTime = parts.clock();
        this.passes = new FirstPasses(parts.clock(), figures.deliveries);
        this.held = new HeldFrames(parts.memory().held());
        Losses losses = new Losses(parts.config(), parts.losses(), format);
        this.source = new MessageSource(decisions, losses, parts.log().hasHistory(), this::arrive);
        this.writer = new StreamWriter(source, format, held, figures);
        this.groups = new StreamGroups(number, queue, parts.dispatcher(), source,
                writer::renumbered, this::missed, passes);
        this.stage = new MessageStage(new MessageCalls.Shared(hooks.calls(), format, parts.log().hasHistory(),
                new FrameBudget(parts.memory().made()), (batch, from, to, last, made) -> worker
                        .execute(() -> passed(batch, from, to, last, made))),
                source);
        this.replays = new StreamReplays(worker, parts, source, losses, () -> !hooks.calls().has(Hook.MESSAGE),
                this::proceedSafely, stream -> ends().close(stream, EndReason.REPLAY_FAILED));
        this.ends = new StreamEnds(table, clock, groups, source, held, returning, parts,
                figures);
        this.gracefulEnds = new GracefulEnds(worker, table, clock, ends, parts, this::arrive, this::queuePending,
                this::proceedSafely);
        this.starts = new StreamStarts(parts.decisions(), replays, ends, held, this::arrive, this::goOn);
        this.listing = new StreamListing(table, source, gracefulEnds, parts);
    }

    private StreamEnds ends() {
        return ends;
    }

    /** Puts all that has been published into the rings of those whom it is for. */
    void arrive() {
        groups.arrive();
    }

    private void missed(Stream stream, LogGap gap) {
        stream.missed().add(gap);
        anyMissed = true;
    }

    /** Makes streams read the messages that they lack, or reports the gap to their clients; before anything else is written. */
    void tellMissed() {
        if (anyMissed) {
            anyMissed = false;
            for (Stream stream : List.copyOf(open())) {
                if (stream.hasMissed() && stream.state == Stream.State.LIVE) {
                    goOn(stream, () -> {});
                }
            }
        }
    }

    /** Carries out a task, sends a live stream its gap, and then all that its client accepts. */
    private void goOn(Stream stream, Runnable before) {
        act(stream, () -> {
            before.run();
            if (stream.state == Stream.State.LIVE) {
                tellMissed(stream);
            }
            proceed(stream);
        });
    }

    private void tellMissed(Stream stream) {
        if (stream.hasMissed() && stream.inHook == 0) {
            replays.missed(stream, stream.missed().takeGap(), groups.position());
        }
    }

    /** Takes over a stream that has joined, and sends its first bytes. */
    public void adopt(Stream stream, byte[] head) {
        arrive(); // the stream, too
        table.add(stream);
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "stream opened: client=" + stream.client());
        }
        act(stream, () -> {
            stream.channel.socket().configureBlocking(false);
            stream.key = stream.channel.socket().register(selector, SelectionKey.OP_READ, stream);
            writer.clock(now());
            writer.send(stream, stream.begin(head));
            clock.set(stream, now());
        });
    }

    /** Streams whose replay is there. */
    public StreamStarts starts() {
        return starts;
    }

    /** Sends what has arrived to all streams that can take it. */
    void deliver() {
        tellMissed();
        boolean withHook = hooks.calls().has(Hook.MESSAGE);
        if (withHook && stage.isRunning()) {
            return;
        }
        Untaken left = Untaken.NOTHING;
        if (withHook) {
            left = stage.start(groups, this::readAgain);
            passes.begun(left.messages());
            if (!stage.isRunning()) {
                passes.ended();
            }
        } else if (groups.isAnyWaiting()) {
            writer.clock(now());
            for (StreamGroup group = groups.next(); group != null; group = groups.next()) {
                deliver(group);
            }
        }
        source.settle();
        groups.delivered(left);
        if (!withHook) {
            passes.passed(0);
        }
        ends.cutOffHolders();
        gracefulEnds.endComplete();
        gracefulEnds.drain();
    }

    private void deliver(StreamGroup group) {
        for (int i = group.size() - 1; i >= 0; i--) { // backwards, for a stream that ends leaves its place to the last one
            Stream stream = group.get(i);
            if (stream.canTake() && stream.replay == null) {
                act(stream, () -> writePending(stream));
            }
        }
    }

    private void writePending(Stream stream) throws IOException {
        writer.writePending(stream);
        if (stream.fellBehind) {
            readAgain(stream);
        }
    }

    /** Lets what a stream has pending in its ring wait on the stream itself. */
    private void queuePending(Stream stream) {
        act(stream, () -> writer.queuePending(stream));
    }

    private void readAgain(Stream stream) {
        replays.fellBehind(stream, groups.position());
        replays.advance(stream);
    }

    /** Sends the results of the {@code message} hook. */
    private void passed(MessageBatch batch, int from, int to, boolean last, long made) {
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
                passes.ended();
            }
        }
        ends.cutOffHolders();
    }

    private void passed(MessageBatch batch, int from, int to) {
        Stream stream = batch.stream(from);
        stream.inHook -= to - from;
        if (stream.state == Stream.State.LIVE) {
            act(stream, () -> {
                batch.write(from, to, writer);
                tellMissed(stream);
                if (!stream.isStalled()) {
                    proceed(stream);
                }
            });
        } else {
            batch.drop(from, to);
        }
    }

    /** The client of a stream has sent bytes, or left. */
    void readable(Stream stream) {
        act(stream, () -> {
            input.read(stream).ifPresent(reason -> ends.close(stream, reason));
            if (stream.channel.pending() > 0 && stream.state != Stream.State.ENDED) {
                writer.clock(now());
                writer.flush(stream); // what the channel responds to the client by itself
            }
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
            case SLOW_CONSUMER -> ends.close(stream, EndReason.SLOW_CONSUMER);
            case EXPIRED -> gracefulEnds.expire(stream, Duration.ofNanos(now - stream.opened));
            case TIME_UP -> gracefulEnds.timeUp(stream, Duration.ofNanos(now - stream.opened));
            case UNANSWERED -> gracefulEnds.timeUp(stream);
            case KEEP_ALIVE -> act(stream, () -> writer.send(stream, stream.own(format.keepAlive())));
            case UNDECIDED -> gracefulEnds.giveUp(stream);
            case NOTHING -> {
            }
        }
        if (stream.state != Stream.State.ENDED) {
            clock.set(stream, now);
        }
    }

    /** Streams that end between two events, with a reconnection delay. */
    public GracefulEnds gracefulEnds() {
        return gracefulEnds;
    }

    /** From now on every stream ends as soon as it has all that was published before this task was given to the thread. */
    public void drain(LongSupplier retryMillis) {
        arrive();
        gracefulEnds.drain(retryMillis);
    }

    /** Ends the streams that a drain has left: between two events, and those of slow consumers at once. */
    public void drainNow() {
        gracefulEnds.drainNow();
        closeAll();
    }

    /** Looks at the streams for operators. */
    public StreamListing listing() {
        return listing;
    }

    /** The counters; for any thread. */
    public DeliveryFigures figures() {
        return figures;
    }

    /** Delivers to all streams again: some may not have got what there is. */
    void deliverToAll() {
        for (int i = 0; i < table.size(); i++) {
            Stream stream = table.get(i);
            if (stream.grouped) {
                groups.await(stream);
            }
        }
    }

    /** The streams that receive all messages, and have not ended. */
    public List<Stream> open() {
        return table.stream().filter(stream -> stream.joined).toList();
    }

    /** Closes the streams that are left. */
    public void closeAll() {
        ends.closeAll();
    }

    private void proceedSafely(Stream stream) {
        act(stream, () -> proceed(stream));
    }

    private void proceed(Stream stream) throws IOException {
        writer.clock(now());
        if (!writer.flush(stream)) {
            return;
        }
        switch (stream.state) {
            case LIVE -> {
                if (hooks.calls().has(Hook.MESSAGE)) {
                    proceedWithHook(stream);
                } else {
                    proceedAlone(stream);
                }
                if (stream.hasOutput() && !stream.isStalled()) {
                    writer.flush(stream); // the mark at the end of a replay, behind which nothing may follow for long
                }
                source.settle();
                gracefulEnds.drain(stream);
            }
            case ENDING -> ends.release(stream, stream.ending.reason());
            default -> {
            }
        }
    }

    private void proceedAlone(Stream stream) throws IOException {
        if (stream.replay != null) {
            writer.writeReplay(stream);
            if (stream.isStalled() || !replays.advance(stream)) {
                return;
            }
        }
        writePending(stream);
    }

    private void proceedWithHook(Stream stream) {
        if (stream.inHook > 0) {
            return;
        }
        if (stream.replay != null && stream.replay.pending() == 0 && !replays.advance(stream)) {
            return;
        }
        if (stream.replay != null || stream.left() > 0) {
            stage.ready(stream);
        }
    }

    private void act(Stream stream, Action action) {
        boolean wasStalled = stream.isStalled();
        try {
            action.run();
            if ((stream.isStalled() || wasStalled) && stream.state != Stream.State.ENDED) {
                clock.set(stream, now());
            }
        } catch (IOException e) {
            ends.close(stream, EndReason.of(e));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a stream failed: client=%s: %s".formatted(stream.client(), e), e);
            ends.close(stream, EndReason.FAILED);
        }
    }

    private long now() {
        return nanoTime.getAsLong();
    }
}
