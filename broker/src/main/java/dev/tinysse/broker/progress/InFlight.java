package dev.tinysse.broker.progress;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts tasks that have begun and not ended, and waits until there are none. Safe for any thread. */
public final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    /** No tasks. */
    public InFlight() {}

    /** A task begins. */
    public void begin() {
        count.incrementAndGet();
    }

    /** A task ends. */
    public void end() {
        if (count.decrementAndGet() == 0) {
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** {@return the number of tasks} */
    public int count() {
        return count.get();
    }

    /**
     * Waits until there are no tasks.
     *
     * @param limit how long to wait
     * @return whether there were none at some moment within the time
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean awaitNone(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (count.get() > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return count.get() == 0;
        } finally {
            lock.unlock();
        }
    }
}
