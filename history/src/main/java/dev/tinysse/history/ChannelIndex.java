package dev.tinysse.history;

/**
 * The positions of the stored records of one channel, with hashes of their publishers' ids, and what the channel has dropped. Under the
 * lock of the index.
 */
final class ChannelIndex {
    private final String name;
    private long[] positions = new long[1];
    private int[] hashes = new int[1];
    private int head;
    private int size;
    private long taken;
    private long takenBytes;
    private volatile long last;
    private volatile long droppedThrough;
    private volatile long dropMark;

    ChannelIndex(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    /** {@return the position of the newest record, stored or not; for any thread} */
    long last() {
        return last;
    }

    /** {@return how many records it has taken since it has some} */
    long taken() {
        return taken;
    }

    /** {@return about what its records take, as if all that it has taken had one size} */
    long bytes() {
        return taken == 0 ? 0 : Math.round((double) takenBytes * size / taken);
    }

    /** A record that is added takes so many bytes. */
    void takes(long bytes) {
        taken++;
        takenBytes += bytes;
    }

    long at(int index) {
        return positions[head + index & positions.length - 1];
    }

    int hash(int index) {
        return hashes[head + index & hashes.length - 1];
    }

    /** {@return the greatest position that has been dropped; for any thread} */
    long droppedThrough() {
        return droppedThrough;
    }

    /** {@return a mark of when it last dropped something; 0 if that is not known} */
    long dropMark() {
        return dropMark;
    }

    /** {@return whether something behind a position has been dropped, and something of all after a mark; for any thread} */
    boolean hasDropped(long after, long known) {
        return droppedThrough > after && dropMark > known;
    }

    void add(long position, int hash) {
        if (size == positions.length) {
            resize(2 * size);
        }
        int at = head + size & positions.length - 1;
        positions[at] = position;
        hashes[at] = hash;
        size++;
        last = position;
    }

    /** Drops the oldest record, and tells its position. */
    long dropOldest(long mark) {
        long position = at(0);
        head = head + 1 & positions.length - 1;
        size--;
        if (size < positions.length / 8) {
            resize(positions.length / 2);
        }
        dropped(position, mark);
        return position;
    }

    /** Notes that something up to a position is missing. */
    void dropped(long through, long mark) {
        droppedThrough = Math.max(droppedThrough, through);
        dropMark = Math.max(dropMark, mark);
    }

    /** {@return the index of the first record behind a position; {@link #size} if there is none} */
    int firstBehind(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (at(middle) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean has(long position) {
        int index = firstBehind(position - 1);
        return index < size && at(index) == position;
    }

    private void resize(int length) {
        long[] newPositions = new long[length];
        int[] newHashes = new int[length];
        for (int i = 0; i < size; i++) {
            newPositions[i] = at(i);
            newHashes[i] = hash(i);
        }
        positions = newPositions;
        hashes = newHashes;
        head = 0;
    }
}
