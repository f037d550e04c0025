package dev.tinysse.broker.dispatch;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets publishers be only so far ahead of the fan-out threads, so that no stream loses messages just because the server was
 * busy. No publisher waits for a stream: a fan-out thread skips streams that cannot take bytes, and those whose
 * {@code message} call waits. Safe for any thread.
 */
public final class BackPressure {
    /** Messages that may be ahead: more would not make writes any cheaper. */
    private static final int MESSAGES_AHEAD = 64;
    /**
     * The weight of the messages that may be ahead: 64 KB for each of 64 streams. A write of that much costs the kernel the copy of
     * its bytes, and hardly anything beside, so larger batches would only add to the latency.
     */
    private static final long WEIGHT_AHEAD = 64 * 1024 * QueuedEntry.MAX_WEIGHTED_STREAMS;
    /** The maximum wait of a publisher. Only a {@code message} hook that computes for long makes it last that long. */
    private static final long MAX_WAIT_NANOS = 1_000_000_000;

    private final int ahead;
    private final List<WorkerQueue> queues;
    /** Publishers at a time: as many as a ring has room for beside the messages ahead. */
    private final Semaphore publishing;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();

    public BackPressure(int capacity, List<WorkerQueue> queues) {
        this.ahead = Math.min(MESSAGES_AHEAD, capacity / 2);
        this.publishing = new Semaphore(capacity - ahead);
        this.queues = queues;
    }

    /** Waits until there is room for one more message, which is to be added before {@link #end}. */
    public void begin() {
        publishing.acquireUninterruptibly();
    }

    /** Waits until all fan-out threads are near enough to the newest message, and lets others publish. */
    public void end() {
        try {
            await();
        } finally {
            publishing.release();
        }
    }

    /** A fan-out thread has delivered some messages. */
    public void progress() {
        if (waiting.get() > 0) {
            lock.lock();
            try {
                progress.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until all fan-out threads are near enough to the newest message, for a second at most. */
    public void await() {
        if (isNear()) {
            return;
        }
        lock.lock();
        try {
            waiting.incrementAndGet();
            long left = MAX_WAIT_NANOS;
            while (left > 0 && !isNear()) {
                left = progress.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Whether all fan-out threads are near enough to the newest message. */
    boolean isNear() {
        for (int worker = 0; worker < queues.size(); worker++) {
            WorkerQueue queue = queues.get(worker);
            if (queue.behind() > ahead || queue.weightBehind() > WEIGHT_AHEAD) {
                return false;
            }
        }
        return true;
    }
}
