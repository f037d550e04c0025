package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.QueuedEntry;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * The streams of one fan-out thread that ask for the same channels, and the messages that they have not all taken: each message is
 * looked at once for all of them. That thread alone touches it.
 */
final class StreamGroup {
    final Ring ring = new Ring();
    private Stream[] streams = new Stream[2];
    private int size;
    /** Whether it waits for a delivery. */
    boolean waiting;

    int size() {
        return size;
    }

    Stream get(int index) {
        return streams[index];
    }

    /** Adds a stream, whose first message is the next one. */
    void add(Stream stream) {
        if (size == streams.length) {
            streams = Arrays.copyOf(streams, 2 * size);
        }
        stream.ring = ring;
        stream.cursor = ring.head();
        stream.groupIndex = size;
        streams[size++] = stream;
    }

    /** Takes a stream out; the last one moves into its place. */
    void remove(Stream stream) {
        Stream last = streams[--size];
        streams[stream.groupIndex] = last;
        last.groupIndex = stream.groupIndex;
        streams[size] = null;
    }

    /**
     * A message for all its streams has arrived.
     *
     * @return whether the numbers of messages have changed
     */
    boolean add(QueuedEntry entry) {
        ring.trim();
        boolean compacted = ring.isSparse();
        if (compacted) {
            LongUnaryOperator renumbered = ring.compact();
            for (int i = 0; i < size; i++) {
                streams[i].renumber(renumbered);
            }
        }
        ring.add(entry);
        return compacted;
    }
}
