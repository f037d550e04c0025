package dev.tinysse.broker.log.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The stored records of all channels in the order of their positions: the channel of each, and the bytes that it takes. A record that has
 * been removed from the middle leaves an empty slot, until the arrays are changed for others. For one thread at a time.
 */
final class RecordQueue {
    private static final int INITIAL = 64;

    private long[] positions = new long[INITIAL];
    private MemoryChannel[] channels = new MemoryChannel[INITIAL];
    private int[] sizes = new int[INITIAL];
    private int head;
    private int tail;
    private int count;

    void add(long position, MemoryChannel channel, int size) {
        if (tail == positions.length) {
            resize(count > positions.length / 4 * 3 ? positions.length * 2 : positions.length);
        }
        positions[tail] = position;
        channels[tail] = channel;
        sizes[tail] = size;
        tail++;
        count++;
    }

    int size() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** {@return the position of the oldest record; there is one} */
    long oldest() {
        return positions[head];
    }

    /** {@return the channel of the oldest record; there is one} */
    MemoryChannel oldestChannel() {
        return channels[head];
    }

    /** Removes the record at a position, and tells what it took. */
    int remove(long position) {
        int at = positions[head] == position ? head : Arrays.binarySearch(positions, head, tail, position);
        channels[at] = null;
        count--;
        int size = sizes[at];
        while (head < tail && channels[head] == null) {
            head++;
        }
        if (count < positions.length / 4 && positions.length > INITIAL) {
            resize(positions.length / 2);
        }
        return size;
    }

    /** {@return the index of the first place behind a position; places go from there to {@link #end}} */
    int firstBehind(long position) {
        int at = Arrays.binarySearch(positions, head, tail, position);
        return at < 0 ? -1 - at : at + 1;
    }

    /** {@return the index behind the last place} */
    int end() {
        return tail;
    }

    /** {@return the channel of the record at an index, or null for an empty slot} */
    @Nullable
    MemoryChannel channel(int index) {
        return channels[index];
    }

    /** {@return the position of the record at an index} */
    long position(int index) {
        return positions[index];
    }

    /** Moves what is there to other arrays, without the empty slots. */
    private void resize(int length) {
        long[] newPositions = new long[length];
        MemoryChannel[] newChannels = new MemoryChannel[length];
        int[] newSizes = new int[length];
        int to = 0;
        for (int from = head; from < tail; from++) {
            if (channels[from] != null) {
                newPositions[to] = positions[from];
                newChannels[to] = channels[from];
                newSizes[to] = sizes[from];
                to++;
            }
        }
        positions = newPositions;
        channels = newChannels;
        sizes = newSizes;
        head = 0;
        tail = to;
    }
}
