package dev.tinysse.broker.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The published messages and new streams on the way to one fan-out thread. The {@link Dispatcher} adds, under its lock; the
 * fan-out thread takes; any thread may read its position.
 */
public final class WorkerQueue {
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private Runnable signal = () -> {};
    private volatile long added;
    private volatile long delivered;
    private volatile long addedWeight;
    private volatile long deliveredWeight;

    /** Says how to wake the thread. To be called before anything is added. */
    public void wakeWith(Runnable wake) {
        signal = wake;
    }

    void add(QueuedEntry entry) {
        arrivals.add(entry);
        long weightBefore = addedWeight; // one thread at a time
        addedWeight = weightBefore + entry.weight();
        long before = added;
        added = before + 1;
    }

    void add(Joining stream) {
        arrivals.add(stream);
    }

    void add(Missed missed) {
        arrivals.add(missed);
    }

    /** Wakes the thread if there is something for it. */
    void signal() {
        if (!arrivals.isEmpty()) {
            signal.run();
        }
    }

    /** The next arrival, or null. */
    public Arrival poll() {
        return arrivals.poll();
    }

    /** How many messages have been added. */
    long added() {
        return added;
    }

    /** So many messages, with this {@linkplain QueuedEntry#weight() weight} in all, have been brought to all streams that can take them. */
    public void delivered(long messages, long weight) {
        deliveredWeight = weight;
        delivered = messages;
    }

    /** How many messages are not delivered yet. */
    long behind() {
        return added - delivered;
    }

    /** The {@linkplain QueuedEntry#weight() weight} of the messages that are not delivered yet. */
    long weightBehind() {
        return addedWeight - deliveredWeight;
    }
}
