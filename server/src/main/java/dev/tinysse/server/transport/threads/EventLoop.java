package dev.tinysse.server.transport.threads;

import dev.tinysse.broker.progress.LoopProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Waits for the channels of connections, and runs the connections' virtual threads as long as nothing keeps them busy: of a
 * short request no other thread hears. {@link #step} is for the loop's platform thread, all else for any.
 */
final class EventLoop implements AutoCloseable {

    /** Is attached to the keys of the loop's channels. */
    interface Ready {
        /** A channel is ready for an operation that its key asks for. The loop's thread. */
        void ready(SelectionKey key);
    }

    /** A virtual thread that the loop carries for a while. */
    interface Carried {
        /** Runs the thread until it waits or yields. The loop's thread. */
        void run();

        /** The thread; null before it has waited for the first time. */
        Thread thread();
    }

    private final Selector selector;
    private final LoopProgress progress = new LoopProgress("tinysse-loop");
    private final Queue<Carried> tasks = new ConcurrentLinkedQueue<>();
    private volatile Thread thread;
    private volatile boolean closed;

    /** A loop without channels. */
    EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for something to do, and does it. */
    void step() throws IOException {
        thread = Thread.currentThread();
        try {
            selector.select(this::serve);
            for (Carried task = tasks.poll(); task != null; task = tasks.poll()) {
                Thread carried = task.thread();
                progress.busy(carried == null ? thread : carried);
                task.run();
            }
        } finally {
            progress.idle();
        }
    }

    private void serve(SelectionKey key) {
        progress.busy(thread);
        ready(key);
    }

    private static void ready(SelectionKey key) {
        ((Ready) key.attachment()).ready(key);
    }

    /** Whether it turns. */
    LoopProgress progress() {
        return progress;
    }

    /** Runs a virtual thread soon. */
    void execute(Carried task) {
        tasks.add(task);
        if (closed) {
            handOver();
        } else if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Whether something waits to be run. */
    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    Selector selector() {
        return selector;
    }

    /** Lets go of the channels whose keys have been cancelled. */
    void deregister() throws IOException {
        selector.selectNow(EventLoop::ready);
    }

    /** Ends the waiting. The threads that it would have run go on without it. */
    @Override
    public void close() {
        closed = true;
        try {
            selector.close();
        } catch (IOException e) {
            // nobody waits for it
        }
        handOver();
    }

    private void handOver() {
        for (Carried task = tasks.poll(); task != null; task = tasks.poll()) {
            VirtualThreads.runAsUsual(task::run);
        }
    }
}
