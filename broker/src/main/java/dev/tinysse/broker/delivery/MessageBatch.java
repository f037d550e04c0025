package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few messages for each of many subscribers, and what the {@code message} hook makes of them. Filled by the delivery thread; then
 * of each message first the thread that calls the hook, and from its report on the delivery thread again.
 */
final class MessageBatch {
    private Subscriber[] subscribers;
    private Entry[] entries;
    /** The hook's result for each message: the message's own frame, another one, or null for nothing to send. */
    private byte[][] frames;
    private int size;
    /** Whether the hook has made a frame; then all of them count as made for one stream alone. */
    private volatile boolean made;

    MessageBatch() {
        this(new Subscriber[32], new Entry[32], 0);
    }

    private MessageBatch(Subscriber[] subscribers, Entry[] entries, int size) {
        this.subscribers = subscribers;
        this.entries = entries;
        this.size = size;
        this.frames = new byte[size][];
    }

    void add(Subscriber subscriber, List<Entry> more) {
        int end = size + more.size();
        if (end > subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, 2 * end);
            entries = Arrays.copyOf(entries, 2 * end);
        }
        for (Entry entry : more) {
            subscribers[size] = subscriber;
            entries[size++] = entry;
        }
    }

    /** Makes room for the results, once all messages have been added. */
    void complete() {
        frames = new byte[size][];
    }

    /** A batch of these messages alone, for none of which the hook has been called. */
    MessageBatch copy(int from, int to) {
        return new MessageBatch(Arrays.copyOfRange(subscribers, from, to), Arrays.copyOfRange(entries, from, to),
                to - from);
    }

    int size() {
        return size;
    }

    Subscriber subscriber(int number) {
        return subscribers[number];
    }

    Entry entry(int number) {
        return entries[number];
    }

    /** The end of the messages for the subscriber of this one. */
    int end(int number) {
        int end = number + 1;
        while (end < size && subscribers[end] == subscribers[number]) {
            end++;
        }
        return end;
    }

    /** Stores the hook's result for a message, and whether that is what all streams share. */
    void result(int number, byte @Nullable [] frame, boolean shared) {
        frames[number] = frame;
        made |= frame != null && !shared;
    }

    /** Writes the hook's results for one subscriber, and drops them. */
    void write(int from, int to) throws IOException {
        Subscriber subscriber = subscribers[from];
        for (int i = from; i < to; i++) {
            if (frames[i] == null) {
                entries[i].skipped();
            } else {
                subscriber.addDecided(entries[i], frames[i]);
            }
        }
        drop(from, to);
        subscriber.writeDecided(made);
    }

    /** Drops the hook's results. */
    void drop(int from, int to) {
        Arrays.fill(frames, from, to, null);
    }

    /** No result follows: the hook was not called. */
    void fail() {
        for (int i = 0; i < size; i++) {
            subscribers[i].hookFailed();
        }
    }
}
