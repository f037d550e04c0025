package dev.tinysse.broker.log;

import java.util.Arrays;

/**
 * The kept records of all channels in the order of their positions, with the bytes that each takes. A record that has been removed
 * from the middle leaves a hole, until the arrays are full. For one thread at a time.
 */
final class RecordQueue {
    private static final int INITIAL = 64;

    private long[] positions = new long[INITIAL];
    private KeptRecord[] records = new KeptRecord[INITIAL];
    private int[] sizes = new int[INITIAL];
    private int head;
    private int tail;
    private int count;

    void add(KeptRecord record, int size) {
        if (tail == positions.length) {
            closeHoles();
        }
        positions[tail] = record.position();
        records[tail] = record;
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

    /** {@return the record with the least position; there is one} */
    KeptRecord oldest() {
        return records[head];
    }

    /** Removes the record at a position, and tells what it took. */
    int remove(long position) {
        int at = positions[head] == position ? head : Arrays.binarySearch(positions, head, tail, position);
        records[at] = null;
        count--;
        int size = sizes[at];
        while (head < tail && records[head] == null) {
            head++;
        }
        return size;
    }

    /** {@return the index of the first place behind a position; places go from there to {@link #end}} */
    int firstBehind(long position) {
        int at = Arrays.binarySearch(positions, head, tail, position);
        return at < 0 ? -1 - at : at + 1;
    }

    /** {@return the first index that is in use} */
    int begin() {
        return head;
    }

    /** {@return the index behind the last place} */
    int end() {
        return tail;
    }

    /** {@return the record at an index, or null for a hole} */
    KeptRecord at(int index) {
        return records[index];
    }

    private void closeHoles() {
        int length = count > positions.length / 2 ? positions.length * 2 : positions.length;
        if (count < length / 8 && length > INITIAL) {
            length /= 2;
        }
        long[] newPositions = new long[length];
        KeptRecord[] newRecords = new KeptRecord[length];
        int[] newSizes = new int[length];
        int to = 0;
        for (int from = head; from < tail; from++) {
            if (records[from] != null) {
                newPositions[to] = positions[from];
                newRecords[to] = records[from];
                newSizes[to] = sizes[from];
                to++;
            }
        }
        positions = newPositions;
        records = newRecords;
        sizes = newSizes;
        head = 0;
        tail = to;
    }
}
