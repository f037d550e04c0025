package dev.tinysse.broker.dispatch;

import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The published messages and new streams on the way to one fan-out thread. The {@link Dispatcher} adds, under its lock; the
 * fan-out thread takes; any thread may read its position.
 */
public final class WorkerQueue {
    private final Queue<FanOutEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    /** What the thread waits in; null before it is there. */
    private @Nullable Selector selector;
    private volatile long added;
    private volatile long delivered;
    private volatile long addedWeight;
    private volatile long deliveredWeight;

    /** The thread waits in this selector. To be called before anything is added. */
    public void waitsIn(Selector of) {
        selector = of;
    }

    /** Wakes the thread. Cheap when it has been woken already. */
    public void wake() {
        if (!signalled.get() && !signalled.getAndSet(true) && selector != null) {
            selector.wakeup();
        }
    }

    /** The thread is awake, and looks at everything that was added before. */
    public void awake() {
        signalled.set(false);
    }

    /** Lets the thread not wait the next time, whatever happened before. */
    public void wakeAgain() {
        signalled.set(false);
        wake();
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
        if (!events.isEmpty()) {
            wake();
        }
    }

    /** The next arrival, or null. */
    public @Nullable FanOutEvent poll() {
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
