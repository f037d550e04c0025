package dev.tinysse.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A fan-out thread: the one thread that touches its streams. It sleeps in a selector and wakes for messages in the ring,
 * for clients that leave or take bytes again, for deadlines, and for {@linkplain #execute tasks} from other threads.
 */
final class FanOutWorker implements Runnable {
    private static final Logger LOG = System.getLogger("tinysse");

    private final Ring ring;
    private final Selector selector;
    private final ReturningChannels returning = new ReturningChannels();
    private final Streams streams;
    private final DeadlineWheel deadlines;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final Thread thread;
    private final int number;
    private final Pace pace;
    private long seen;
    private boolean stopped;

    FanOutWorker(int number, BrokerParts parts) {
        this.number = number;
        this.ring = parts.ring();
        this.pace = parts.pace();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.deadlines = new DeadlineWheel(System.nanoTime(), this::due);
        this.streams = new Streams(this, selector, returning, deadlines, parts);
        this.thread = Thread.ofPlatform().daemon().name("tinysse-fan-out-" + number).unstarted(this);
    }

    private void due(DeadlineWheel.Deadline deadline) {
        streams.due((Stream) deadline);
    }

    void start() {
        thread.start();
    }

    /** Says that there is something to do. Any thread; cheap when it has been said already. */
    void signal() {
        if (!signalled.get() && !signalled.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /** Runs a task on this thread, soon, behind all tasks from before. Any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        signal();
    }

    /** The streams, for tasks that run on this thread. */
    Streams here() {
        return streams;
    }

    /** Ends the thread. Any thread. */
    void stop() {
        execute(() -> stopped = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                turn();
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                LOG.log(Level.ERROR, "fan-out failed, and goes on: " + e, e);
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "selector did not close", e);
        }
    }

    private void turn() throws IOException {
        int released = returning.size();
        if (released > 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, deadlines.millisToNext(System.nanoTime()));
        }
        signalled.set(false);
        returning.handBack(released);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        if (ring.head() != seen) {
            deliver();
        }
        deadlines.advance(System.nanoTime());
    }

    /** Sends what there is in the ring. This thread. */
    void deliver() {
        seen = ring.head();
        pace.reached(number, streams.deliver(seen));
    }

    private void ready(SelectionKey key) {
        Stream stream = (Stream) key.attachment();
        if (key.isValid() && key.isReadable()) {
            streams.readable(stream);
        }
        if (key.isValid() && key.isWritable()) {
            streams.writable(stream);
        }
    }
}
