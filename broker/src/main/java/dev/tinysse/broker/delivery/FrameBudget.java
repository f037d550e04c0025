package dev.tinysse.broker.delivery;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the bytes of frames that the {@code message} hook has made and the fan-out thread has not written.
 * A thread that makes frames counts each at once, so no more than one frame for each calling thread is beyond the
 * limit. Safe for any thread.
 */
final class FrameBudget {
    /** A thread waits this long at most, so that no mistake in counting can stop the delivery. */
    private static final long MAX_WAIT_NANOS = 1_000_000_000;
    private static final int PARTS = 8;

    private final long limit;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    FrameBudget(long limit) {
        this.limit = limit;
    }

    /** Bytes after which a report is made, so that the fan-out thread writes while further frames are made. */
    long part() {
        return limit / PARTS;
    }

    boolean isFull() {
        return bytes.get() >= limit;
    }

    /** A frame of so many bytes has been made. */
    void add(long made) {
        bytes.addAndGet(made);
    }

    /** Frames of so many bytes have been written or dropped. */
    void remove(long done) {
        bytes.addAndGet(-done);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits until there is room for one more frame. To be called by a thread that has reported all that it made. */
    void awaitRoom() {
        if (!isFull()) {
            return;
        }
        lock.lock();
        try {
            waiting.incrementAndGet();
            long left = MAX_WAIT_NANOS;
            while (left > 0 && isFull()) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
