package dev.tinysse.broker.delivery;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.broker.replay.ReplayStart;
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
import java.util.Optional;
import java.util.OptionalLong;
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
    private final WorkerQueue queue;
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
        this.queue = queue;
        queue.waitsIn(selector);
        this.mailbox = new Mailbox(queue);
        this.context = new DeliveryContext(parts.config(), parts.format(), parts.log(), parts.losses(),
                parts.memory().held(), clock);
        this.loop = new DeliveryLoop(number, queue, mailbox, selector, context, parts);
        this.thread = Thread.ofPlatform().daemon().name("tinysse-fan-out-" + number).unstarted(this);
        this.progress = new LoopProgress(thread.getName());
    }

    public void start() {
        thread.start();
    }

    /** Wakes the thread. Cheap when it has been woken already. */
    public void signal() {
        queue.wake();
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
     * A subscriber of this thread, which is to join and to {@linkplain DeliveryTask.Begin begin}.
     *
     * @param streamNumber of the stream, in this run of the server
     */
    public Subscriber subscriber(long streamNumber, Subscription subscription, StreamChannel channel, StreamOwner owner,
            StreamStart start) {
        long now = clock.nanos();
        Optional<StreamCompression.Encoder> compression = start.compressed()
                ? Optional.of(parts.format().compression().orElseThrow().encoder())
                : Optional.empty();
        OptionalLong expires = start.expires().isPresent()
                ? OptionalLong.of(now + nanosUntil(start.expires().get()))
                : OptionalLong.empty();
        return new Subscriber(streamNumber, subscription, channel, owner,
                new Subscriber.Request(start.envelope(), start.marksReplay(), compression, expires,
                        parts.history().epoch()),
                context,
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

    /** Gives the thread something to do. */
    public void post(DeliveryTask task) {
        mailbox.post(task);
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
        queue.wakeAgain(); // what is left to do does not wait for others
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
        queue.awake();
        loop.turn(returning);
        backPressure.progress();
        loop.advanceClock();
    }

    private void ready(SelectionKey key) {
        progress.busy(thread);
        loop.ready(key);
    }
}
