package dev.tinysse.broker.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The published messages and new streams on the way to one fan-out thread. The {@link Dispatcher} adds, under its lock; the
 * fan-out thread takes; any thread may read its position.
 */
public final class WorkerQueue {
    private final Queue<FanOutEvent> events = new ConcurrentLinkedQueue<>();
    /** Wakes the thread; null before it is there. */
    private Wakeup wakeup;
    private volatile long added;
    private volatile long delivered;
    private volatile long addedWeight;
    private volatile long deliveredWeight;

    /** Says how to wake the thread. To be called before anything is added. */
    public void wakeWith(Wakeup thread) {
        wakeup = thread;
    }

    void add(QueuedEntry entry) {
        events.add(entry);
        long weightBefore = addedWeight; // one thread at a time
        addedWeight = weightBefore + entry.weight();
        long before = added;
        added = before + 1;
    }

    void add(SubscribeEvent stream) {
        events.add(stream);
    }

    void add(MissedRange missed) {
        events.add(missed);
    }

    /** Wakes the thread if there is something for it. */
    void signal() {
        if (wakeup != null && !events.isEmpty()) {
            wakeup.signal();
        }
    }

    /** The next arrival, or null. */
    public FanOutEvent poll() {
        return events.poll();
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
