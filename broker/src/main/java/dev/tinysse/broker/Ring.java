package dev.tinysse.broker;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Receipt;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue: the newest {@code capacity} messages by their sequence number. Any thread may append, join and leave; any
 * number of threads may read, without a lock, and find out that they were too slow.
 *
 * <p>What a stream has not taken is a run of messages up to the newest, so "taken by all" holds for a run of the oldest
 * ones, and {@code tail} only ever moves forward over it.
 */
final class Ring {
    private final AtomicReferenceArray<Entry> slots;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long head;
    private long tail;
    private int subscribers;
    private boolean closed;

    Ring(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    int capacity() {
        return slots.length();
    }

    /** The sequence number that the next message will have. */
    long head() {
        return head;
    }

    /** The oldest message that is still there, or the head if there is none. */
    long oldest() {
        return Math.max(0, head - slots.length());
    }

    /** The message with this number, or null if it has been overwritten. The number is below the head. */
    Entry get(long sequence) {
        Entry entry = slots.get(slot(sequence));
        return entry != null && entry.sequence == sequence ? entry : null;
    }

    /** Appends a message for all streams that have joined; empty once the ring is closed. */
    Optional<Receipt> append(Publication publication, byte[] frame) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            long sequence = head;
            slots.set(slot(sequence), new Entry(sequence, publication, frame, subscribers));
            int queued = queued(sequence + 1);
            head = sequence + 1;
            return Optional.of(new Receipt(queued, subscribers, Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    /** Reports as {@link #append} does, for a message that has nothing to deliver and is queued for nobody. */
    Optional<Receipt> appendNothing() {
        lock.lock();
        try {
            return closed ? Optional.empty() : Optional.of(new Receipt(queued(head), 0, Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    private int queued(long end) {
        tail = Math.max(tail, end - slots.length());
        while (tail < end && slots.get(slot(tail)).takenByAll()) {
            tail++;
        }
        return (int) (end - tail);
    }

    /** Adds a stream and returns its first message: all that is appended from now on is for it, too. */
    long join() {
        lock.lock();
        try {
            subscribers++;
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a stream that has taken all up to the cursor, so that the rest does not wait for it. */
    void leave(long cursor) {
        long end;
        lock.lock();
        try {
            subscribers--;
            end = head;
        } finally {
            lock.unlock();
        }
        taken(cursor, end, 1);
    }

    /** Counts the streams that have taken the messages of a range. Overwritten messages are ignored. */
    void taken(long from, long to, int streams) {
        for (long sequence = Math.max(from, oldest()); sequence < to; sequence++) {
            Entry entry = get(sequence);
            if (entry != null) {
                entry.taken(streams);
            }
        }
    }

    /** Refuses all further messages. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % slots.length());
    }
}
