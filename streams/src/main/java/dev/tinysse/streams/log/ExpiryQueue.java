package dev.tinysse.streams.log;

import java.util.Arrays;
import java.util.Optional;

/**
 * Streams by the moment at which to look whether they have expired: a binary heap. A stream that is used meanwhile stays where it is, so
 * that using it costs nothing here; it is put in again when its turn comes. For one thread at a time.
 */
final class ExpiryQueue {
    private static final int FIRST_LENGTH = 16;

    /** A member of a queue. */
    abstract static class Entry {
        private long until;
        private int index = -1;

        /** The moment at which its turn comes, in milliseconds. */
        final long until() {
            return until;
        }
    }

    private Entry[] heap = new Entry[FIRST_LENGTH];
    private int size;

    /** Puts a stream in, or moves it, to a moment in milliseconds. */
    void put(Entry stream, long at) {
        if (stream.index < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            stream.index = size++;
        }
        stream.until = at;
        up(stream);
        down(stream);
    }

    /** Takes a stream out, if it is in. */
    void remove(Entry stream) {
        int index = stream.index;
        if (index < 0) {
            return;
        }
        stream.index = -1;
        Entry last = heap[--size];
        heap[size] = null;
        if (last != stream) {
            last.index = index;
            up(last);
            down(last);
        }
        if (heap.length > FIRST_LENGTH && size < heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    /** The stream whose moment comes first. */
    Optional<Entry> first() {
        return size == 0 ? Optional.empty() : Optional.of(heap[0]);
    }

    private void up(Entry stream) {
        int index = stream.index;
        while (index > 0 && heap[(index - 1) / 2].until > stream.until) {
            set(index, heap[(index - 1) / 2]);
            index = (index - 1) / 2;
        }
        set(index, stream);
    }

    private void down(Entry stream) {
        int index = stream.index;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            if (child + 1 < size && heap[child + 1].until < heap[child].until) {
                child++;
            }
            if (heap[child].until >= stream.until) {
                break;
            }
            set(index, heap[child]);
            index = child;
        }
        set(index, stream);
    }

    private void set(int index, Entry stream) {
        heap[index] = stream;
        stream.index = index;
    }
}
