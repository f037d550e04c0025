package dev.tinysse.broker.delivery;

import java.util.Arrays;
import java.util.stream.Stream;

/** The subscribers of a delivery thread in no particular order, without empty slots. That thread alone touches it. */
final class SubscriberTable {
    private Subscriber[] subscribers = new Subscriber[64];
    private int size;

    int size() {
        return size;
    }

    Subscriber get(int index) {
        return subscribers[index];
    }

    /** All of them, to be used before any is added or removed. */
    Stream<Subscriber> stream() {
        return Arrays.stream(subscribers, 0, size);
    }

    void add(Subscriber subscriber) {
        if (size == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * size);
        }
        subscriber.movedInTable(size);
        subscribers[size++] = subscriber;
    }

    /** Takes a subscriber out; the last one moves to its index. */
    void remove(Subscriber subscriber) {
        Subscriber last = subscribers[--size];
        subscribers[subscriber.tableIndex()] = last;
        last.movedInTable(subscriber.tableIndex());
        subscribers[size] = null;
    }
}
