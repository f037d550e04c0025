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

    /** Something that may fail with the stream it is done to. */
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
    private final ReturningChannels returning;
    private final StreamTable table = new StreamTable();
    private LongSupplier stopRetry;

    Streams(FanOutWorker worker, Selector selector, ReturningChannels returning, DeadlineWheel deadlines,
            BrokerParts parts) {
        this.worker = worker;
        this.selector = selector;
        this.returning = returning;
        this.ring = parts.ring();
        this.format = parts.format();
        this.publishCalls = parts.publishCalls();
        this.hooks = parts.hooks();
        this.clock = new StreamClock(parts.config(), deadlines);
        this.writer = new StreamWriter(ring, parts.losses(), parts.publishCalls());
        this.stage = new MessageStage(worker, hooks.calls(), format);
    }

    /** Takes over a stream that has joined the ring, and sends its first bytes. */
    void adopt(Stream stream, byte[] head) {
        table.add(stream);
        act(stream, () -> {
            stream.channel.configureBlocking(false);
            stream.key = stream.channel.register(selector, SelectionKey.OP_READ, stream);
            stream.add(head);
            writer.clock(System.nanoTime());
            writer.flush(stream);
            clock.set(stream, System.nanoTime());
        });
    }

    /**
     * Lets a stream go on to what is published, behind what it has missed.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     */
    void live(Stream stream, List<byte[]> replay, Set<String> ids, long latestCall) {
        stream.replayed = true;
        if (stream.state == Stream.State.ENDED) {
            hooks.unsubscribe(stream.subscription);
        } else if (stream.state == Stream.State.REPLAYING) {
            stream.state = Stream.State.LIVE;
            replay.forEach(stream::add);
            stream.replayed(ids, latestCall);
            stream.limitOverlap(ring, publishCalls);
            act(stream, () -> proceed(stream));
        }
    }

    /**
     * Sends what has been published to all streams that can take it.
     *
     * @return the message before which everything is on its way
     */
    long deliver(long head) {
        writer.clock(System.nanoTime());
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
        return reached;
    }

    /** Sends what has come out of the {@code message} hook. */
    void passed(MessageBatch batch, int from, int to, boolean last) {
        writer.clock(System.nanoTime());
        for (int i = from; i < to; i = batch.end(i)) {
            Stream stream = batch.stream(i);
            stream.inHook = false;
            if (stream.state == Stream.State.LIVE) {
                int first = i;
                act(stream, () -> batch.write(first, writer));
            }
        }
        if (last) {
            stage.finished();
        }
        worker.deliver();
        sayGoodbye();
    }

    /** The client of a stream has said something, or left. */
    void readable(Stream stream) {
        act(stream, () -> {
            if (!input.read(stream)) {
                close(stream);
            }
        });
    }

    /** The client of a stream that did not take everything takes bytes again. */
    void writable(Stream stream) {
        act(stream, () -> proceed(stream));
    }

    /** A stream's deadline has come. */
    void due(Stream stream) {
        long now = System.nanoTime();
        writer.clock(now);
        switch (clock.due(stream, now)) {
            case NOT_READING -> {
                LOG.log(Level.INFO, "a client that does not read is cut off: client=" + Clients.name(stream.channel));
                close(stream);
            }
            case TIME_UP -> timeUp(stream, Duration.ofNanos(now - stream.opened));
            case KEEP_ALIVE -> act(stream, () -> {
                stream.add(format.keepAlive());
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
        worker.deliver();
        sayGoodbye();
    }

    /** Closes what is left. */
    void closeAll() {
        while (table.size() > 0) {
            close(table.get(table.size() - 1));
        }
    }

    private void proceed(Stream stream) throws IOException {
        writer.clock(System.nanoTime());
        if (!writer.flush(stream)) {
            return;
        }
        switch (stream.state) {
            case LIVE -> {
                if (!hooks.calls().has(Hook.MESSAGE)) {
                    writer.writePending(stream, ring.head());
                } else if (stream.cursor < ring.head()) {
                    stage.start(ring.head(), table, writer);
                }
                writer.settle();
                sayGoodbye(stream);
            }
            case ENDING -> release(stream);
            default -> {
            }
        }
    }

    private void timeUp(Stream stream, Duration age) {
        stream.timeUp = true;
        hooks.timeout(stream.subscription, age,
                retryMillis -> worker.execute(() -> finish(stream, format.timeout(retryMillis))));
    }

    private void sayGoodbye() {
        if (stopRetry != null) {
            for (int i = table.size() - 1; i >= 0; i--) {
                sayGoodbye(table.get(i));
            }
        }
    }

    private void sayGoodbye(Stream stream) {
        if (stopRetry != null && stream.canTake() && stream.cursor == ring.head()) {
            finish(stream, format.stop(stopRetry.getAsLong()));
        }
    }

    private void finish(Stream stream, byte[] end) {
        if (stream.state == Stream.State.ENDING || stream.state == Stream.State.ENDED) {
            return;
        }
        if (stream.stalled) {
            close(stream);
            return;
        }
        stream.state = Stream.State.ENDING;
        leaveRing(stream); // before the client can see the end, and count
        stream.add(end);
        act(stream, () -> proceed(stream));
    }

    private void act(Stream stream, Action action) {
        boolean wasStalled = stream.stalled;
        try {
            action.run();
            if ((stream.stalled || wasStalled) && stream.state != Stream.State.ENDED) {
                clock.set(stream, System.nanoTime());
            }
        } catch (IOException e) {
            close(stream);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a stream failed: client=%s: %s".formatted(Clients.name(stream.channel), e), e);
            close(stream);
        }
    }

    private void close(Stream stream) {
        if (!end(stream)) {
            return;
        }
        try {
            stream.channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "channel did not close", e);
        }
        stream.owner.closed();
    }

    private void release(Stream stream) {
        if (end(stream)) {
            returning.add(stream);
        }
    }

    private boolean end(Stream stream) {
        if (stream.state == Stream.State.ENDED) {
            return false;
        }
        stream.state = Stream.State.ENDED;
        clock.clear(stream);
        table.remove(stream);
        leaveRing(stream);
        if (stream.replayed) {
            hooks.unsubscribe(stream.subscription);
        }
        return true;
    }

    private void leaveRing(Stream stream) {
        if (stream.inRing) {
            stream.inRing = false;
            writer.settle();
            ring.leave(stream.cursor);
        }
    }
}
