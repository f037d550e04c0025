package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.progress.LoopProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A fan-out thread: the one thread that touches its streams. It sleeps in a selector and wakes for messages,
 * for clients that leave or take bytes again, for deadlines, and for {@linkplain #execute tasks} from other threads.
 */
public final class DeliveryThread implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");
    /** Times the number of failures in a row: the pause after one, so that they fill neither the log nor a processor. */
    private static final long PAUSE_NANOS = 10_000_000;
    private static final int MAX_PAUSES = 100;

    private final Selector selector;
    private final ReturningChannels returning;
    private final Streams streams;
    private final DeadlineWheel deadlines;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Thread thread;
    private final LoopProgress progress;
    private final int number;
    private final BackPressure backPressure;
    private final LongSupplier clock;
    private int failures;
    private boolean stopped;

    public DeliveryThread(int number, WorkerQueue queue, BrokerParts parts) {
        this.number = number;
        this.backPressure = parts.backPressure();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.clock = parts.clock();
        this.returning = new ReturningChannels(parts.open());
        this.deadlines = new DeadlineWheel(clock.getAsLong(), this::due);
        this.streams = new Streams(number, queue, this::execute, selector, returning, deadlines, parts);
        queue.wakeWith(this::signal);
        this.thread = Thread.ofPlatform().daemon().name("tinysse-fan-out-" + number).unstarted(this);
        this.progress = new LoopProgress(thread.getName());
    }

    private void due(DeadlineWheel.Deadline deadline) {
        streams.due((Stream) deadline);
    }

    public void start() {
        thread.start();
    }

    /** Wakes the thread. Any thread; cheap when it has been woken already. */
    public void signal() {
        if (!signalled.get() && !signalled.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /** Runs a task on this thread, soon, behind all tasks from before. Any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        signal();
    }

    public int number() {
        return number;
    }

    /** The streams, for tasks that run on this thread. */
    public Streams streams() {
        return streams;
    }

    /** {@return whether the thread turns} */
    public LoopProgress progress() {
        return progress;
    }

    /** Has the thread end soon. Any thread. */
    public void stop() {
        execute(() -> stopped = true);
    }

    /** Waits until the thread has ended, but no longer than this: it may be stuck. Any thread. */
    public void awaitEnd(Duration limit) {
        try {
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
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
        streams.deliverToAll(); // some may not have got what there is
        signalled.set(true);
        selector.wakeup(); // what is left to do does not wait for others
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
        int released = returning.size();
        if (released > 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, deadlines.millisToNext(clock.getAsLong()));
        }
        progress.busy(thread);
        signalled.set(false);
        returning.handBack(released);
        streams.arrive();
        streams.tellMissed();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        streams.deliver();
        backPressure.progress();
        deadlines.advance(clock.getAsLong());
    }

    private void ready(SelectionKey key) {
        progress.busy(thread);
        Stream stream = (Stream) key.attachment();
        if (key.isValid() && key.isReadable()) {
            streams.readable(stream);
        }
        if (key.isValid() && key.isWritable()) {
            streams.writable(stream);
        }
    }
}
