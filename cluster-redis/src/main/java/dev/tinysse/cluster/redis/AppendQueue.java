package dev.tinysse.cluster.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Requests that wait to be sent. Any thread adds, and one takes, which may wait for them.
 *
 * <p>Publishers that have received the results of one batch publish their next messages at nearly the same time. If the first of these
 * messages were sent at once, it would be a batch alone, and all others would wait for Redis twice. So the publisher that has to wake the
 * waiting thread lets other threads run before: those that are ready add their requests to the same batch.
 */
final class AppendQueue {
    private final Queue<Pending> requests = new ConcurrentLinkedQueue<>();
    /** The thread that waits, until a publisher is about to wake it. */
    private final AtomicReference<Thread> waiting = new AtomicReference<>();

    /** Adds a request. */
    @SuppressWarnings("ThreadPriorityCheck") // the scheduler decides how many requests are in a batch, and nothing else
    void add(Pending request) {
        requests.add(request);
        Thread taker = waiting.get();
        if (taker != null && waiting.compareAndSet(taker, null)) {
            Thread.yield();
            LockSupport.unpark(taker);
        }
    }

    /** The next request, or null if there is none. */
    Pending poll() {
        return requests.poll();
    }

    /**
     * Waits for a request.
     *
     * @param nanos the time after which it waits no longer
     * @return whether there is one
     */
    boolean await(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        waiting.set(Thread.currentThread());
        try {
            long left = nanos;
            while (requests.isEmpty() && left > 0) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                left = end - System.nanoTime();
            }
            return !requests.isEmpty();
        } finally {
            waiting.set(null);
        }
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** Calls an action with each request. Any thread. */
    void forEach(Consumer<Pending> action) {
        requests.forEach(action);
    }
}
