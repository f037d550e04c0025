package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.QueuedEntry;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one delivery thread that ask for the same channels, and the messages that they have not all taken: each message is
 * looked at once for all of them. That thread alone touches it.
 */
final class SubscriberGroup {
    private final Ring ring = new Ring();
    private @Nullable Subscriber[] subscribers = new @Nullable Subscriber[2];
    private int size;
    private boolean waiting;

    int size() {
        return size;
    }

    Subscriber get(int index) {
        return subscribers[index];
    }

    /** Adds a subscriber, whose first message is the next one. */
    void add(Subscriber subscriber) {
        if (size == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * size);
        }
        subscriber.enter(ring, size);
        subscribers[size++] = subscriber;
    }

    /** Takes a subscriber out; the last one moves to its index. */
    void remove(Subscriber subscriber) {
        Subscriber last = subscribers[--size];
        subscribers[subscriber.groupIndex()] = last;
        last.movedInGroup(subscriber.groupIndex());
        subscribers[size] = null;
    }

    /**
     * A message for all its subscribers has arrived.
     *
     * @return whether the numbers of messages have changed
     */
    boolean add(QueuedEntry entry) {
        ring.settle();
        ring.trim();
        boolean compacted = ring.isSparse();
        if (compacted) {
            LongUnaryOperator renumbered = ring.compact();
            for (int i = 0; i < size; i++) {
                subscribers[i].renumber(renumbered);
            }
        }
        ring.add(entry);
        return compacted;
    }

    /** Counts what its subscribers have been sent so far. */
    void settle() {
        ring.settle();
    }

    /** It waits for a delivery from now on. Whether that is new. */
    boolean await() {
        boolean isNew = !waiting;
        waiting = true;
        return isNew;
    }

    /** It is being delivered to. */
    void delivering() {
        waiting = false;
    }
}
