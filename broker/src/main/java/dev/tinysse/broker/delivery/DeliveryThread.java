package dev.tinysse.broker.delivery;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.StreamEnd;
import dev.tinysse.broker.admin.StreamId;
import dev.tinysse.broker.admin.StreamPage;
import dev.tinysse.broker.admin.StreamQuery;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.dispatch.Wakeup;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.nodes.OpenSubscription;
import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.broker.stream.StreamStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A delivery thread: the one thread that touches its subscribers. It waits in a selector and wakes for messages, for clients that leave
 * or accept data again, for deadlines, and for tasks of other threads, which may call all methods. The tasks are carried out soon, in
 * their order.
 */
public final class DeliveryThread implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    /** Times the number of failures in a row: the pause after one, so that they fill neither the log nor a processor. */
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MAX_PAUSES = 100;
    private static final Duration MAX_LIFE = Duration.ofDays(36_500);

    private final int number;
    private final BrokerParts parts;
    private final Selector selector;
    private final Wakeup wakeup;
    private final Mailbox mailbox;
    private final DeliveryContext context;
    private final DeliveryLoop loop;
    private final BackPressure backPressure;
    private final NanoClock clock;
    private final Thread thread;
    private final LoopProgress progress;
    private int failures;

    public DeliveryThread(int number, WorkerQueue queue, BrokerParts parts) {
        this.number = number;
        this.parts = parts;
        this.backPressure = parts.backPressure();
        this.clock = parts.clock();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.wakeup = new Wakeup(selector);
        this.mailbox = new Mailbox(wakeup);
        this.context = new DeliveryContext(parts.config(), parts.format(), parts.log(), parts.losses(),
                parts.memory().held(), clock);
        this.loop = new DeliveryLoop(number, queue, mailbox, selector, context, parts);
        queue.wakeWith(wakeup);
        this.thread = Thread.ofPlatform().daemon().name("tinysse-fan-out-" + number).unstarted(this);
        this.progress = new LoopProgress(thread.getName());
    }

    public void start() {
        thread.start();
    }

    /** Wakes the thread. Cheap when it has been woken already. */
    public void signal() {
        wakeup.signal();
    }

    /** {@return whether the thread turns} */
    public LoopProgress progress() {
        return progress;
    }

    /** {@return the counters of the thread} */
    public DeliveryFigures figures() {
        return context.figures;
    }

    /** {@return the number of the thread among those of the broker} */
    public int number() {
        return number;
    }

    /**
     * A subscriber of this thread, which is to join and to {@linkplain #begin begin}.
     *
     * @param streamNumber of the stream, in this run of the server
     */
    public Subscriber subscriber(long streamNumber, Subscription subscription, StreamChannel channel, StreamOwner owner,
            StreamStart start) {
        long now = clock.nanos();
        Optional<String> epoch = parts.log().hasHistory() ? Optional.of(parts.log().epoch()) : Optional.empty();
        Optional<StreamCompression.Encoder> compression = start.compressed()
                ? Optional.of(parts.format().compression().orElseThrow().encoder())
                : Optional.empty();
        OptionalLong expires = start.expires().isPresent()
                ? OptionalLong.of(now + nanosUntil(start.expires().get()))
                : OptionalLong.empty();
        return new Subscriber(streamNumber, subscription, channel, owner,
                new Subscriber.Request(start.envelope(), start.marksReplay(), compression, expires, epoch), context,
                now);
    }

    /** Beyond a hundred years nothing expires, and nanoseconds would overflow. */
    private static long nanosUntil(Instant time) {
        Duration left = Duration.between(Instant.now(), time);
        if (left.isNegative()) {
            return 0;
        }
        return left.compareTo(MAX_LIFE) > 0 ? MAX_LIFE.toNanos() : left.toNanos();
    }

    /** Takes over a subscriber that has joined, and sends its first bytes. */
    public void begin(Subscriber subscriber, byte[] head) {
        mailbox.post(new DeliveryTask.Begin(subscriber, head));
    }

    /** Replays messages to a subscriber, without live ones yet. */
    public void replay(Subscriber subscriber, List<byte[]> frames) {
        mailbox.post(new DeliveryTask.Replay(subscriber, frames));
    }

    /**
     * Replays messages to a subscriber, then sends live ones.
     *
     * @param ids those of the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     */
    public void goLive(Subscriber subscriber, List<byte[]> frames, Set<String> ids, long latestCall) {
        mailbox.post(new DeliveryTask.GoLive(subscriber, frames, ids, latestCall, Optional.empty()));
    }

    /**
     * Makes a subscriber live whose replay has been sent.
     *
     * @param seen the id that the client has seen last: it has seen what began to be published before, too
     */
    public void goLiveBehind(Subscriber subscriber, String seen, Set<String> ids, long latestCall) {
        mailbox.post(new DeliveryTask.GoLive(subscriber, List.of(), ids, latestCall, Optional.of(seen)));
    }

    /**
     * Replays messages of the log to a subscriber, then sends live ones.
     *
     * @param start where in the log; empty to send nothing of it
     * @param upTo the position up to which nothing comes by itself
     */
    public void replayLog(Subscriber subscriber, Optional<ReplayStart> start, long upTo) {
        mailbox.post(new DeliveryTask.ReplayLog(subscriber, start, upTo));
    }

    /** From now on every stream ends as soon as it has all that was published before this call. */
    public void drain(RetryDelay delay) {
        mailbox.post(new DeliveryTask.Drain(delay));
    }

    /** Ends the streams that a drain has left: between two events, and those of slow consumers at once. */
    public void endDrain() {
        mailbox.post(new DeliveryTask.EndDrain());
    }

    /** Closes the streams that are left. */
    public void closeAll() {
        mailbox.post(new DeliveryTask.CloseAll());
    }

    /** {@return the subscribers that receive all messages} */
    public CompletableFuture<List<Subscriber>> joined() {
        CompletableFuture<List<Subscriber>> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.Joined(answer));
        return answer;
    }

    /** {@return a page of the streams} */
    public CompletableFuture<StreamPage> streams(StreamQuery query, NodeRun node) {
        CompletableFuture<StreamPage> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.ListStreams(query, node, answer));
        return answer;
    }

    /** {@return the next streams in the order of their ids, for hooks} */
    public CompletableFuture<List<OpenSubscription>> subscriptions(Optional<StreamId> after, int limit, NodeRun node) {
        CompletableFuture<List<OpenSubscription>> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.ListSubscriptions(after, limit, node, answer));
        return answer;
    }

    /** {@return how many streams of each user get the messages of a channel} */
    public CompletableFuture<Map<String, Integer>> present(String channel) {
        CompletableFuture<Map<String, Integer>> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.Present(channel, answer));
        return answer;
    }

    /** Ends the streams that match. {@return how many these are} */
    public CompletableFuture<Integer> end(StreamEnd which, NodeRun node) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.End(which, node, answer));
        return answer;
    }

    /** Ends streams that have not ended, with a reconnection delay. {@return how many subscribers were given} */
    public CompletableFuture<Integer> disconnect(List<Subscriber> subscribers) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        mailbox.post(new DeliveryTask.Disconnect(subscribers, answer));
        return answer;
    }

    /** Has the thread end soon. */
    public void stop() {
        mailbox.post(new DeliveryTask.Stop());
    }

    /** Waits until the thread has ended, but no longer than this: it may be stuck. */
    public void awaitEnd(Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!loop.isStopped()) {
            try {
                turn();
                failures = 0;
            } catch (Throwable e) {
                failed(e);
            } finally {
                progress.idle();
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "selector did not close", e);
        }
    }

    /** Keeps the thread running after any failure: without it a server says that it is well and delivers nothing. */
    private void failed(Throwable failure) {
        loop.deliverToAll(); // some may not have got what there is
        wakeup.again(); // what is left to do does not wait for others
        failures = Math.min(failures + 1, MAX_PAUSES);
        try {
            LOG.log(Level.ERROR, "fan-out loop failed, continuing: " + failure, failure);
        } catch (RuntimeException | Error e) {
            // a log that cannot be written is no reason to end
        }
        if (failures > 1) {
            LockSupport.parkNanos(failures * PAUSE_NANOS);
        }
    }

    private void turn() throws IOException {
        int returning = loop.returning();
        if (returning > 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, context.deadlines.millisToNext(clock.nanos()));
        }
        progress.busy(thread);
        wakeup.awake();
        loop.turn(returning);
        backPressure.progress();
        loop.advanceClock();
    }

    private void ready(SelectionKey key) {
        progress.busy(thread);
        loop.ready(key);
    }
}
