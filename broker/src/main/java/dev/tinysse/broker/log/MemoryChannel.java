package dev.tinysse.broker.log;

/**
 * The kept records of one channel, oldest first, and what it has dropped. Changed under the lock of its log; what it has dropped may
 * be read by any thread.
 */
final class MemoryChannel {
    private static final int INITIAL = 2;

    private final String name;
    private KeptRecord[] ring = new KeptRecord[INITIAL];
    /** Of the same records: the oldest one has not been looked at for long, and is in no cache of the processor. */
    private long[] positions = new long[INITIAL];
    private int head;
    private int size;
    private long taken;
    private long bytes;
    private volatile long droppedThrough;
    private volatile long dropMark;

    MemoryChannel(String name, long droppedThrough, long dropMark) {
        this.name = name;
        this.droppedThrough = droppedThrough;
        this.dropMark = dropMark;
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    /** {@return the record at an index, 0 being the oldest} */
    KeptRecord at(int index) {
        return ring[place(index)];
    }

    private int place(int index) {
        return head + index & ring.length - 1;
    }

    /** {@return the position of the newest record; if there is none, that of the last one dropped} */
    long last() {
        return size == 0 ? droppedThrough : positions[place(size - 1)];
    }

    /** {@return how many records it has taken} */
    long taken() {
        return taken;
    }

    /** {@return what its records take} */
    long bytes() {
        return bytes;
    }

    /** A record has been dropped that took so many bytes. */
    void gaveBack(int size) {
        bytes -= size;
    }

    void add(KeptRecord record, int size) {
        taken++;
        bytes += size;
        add(record);
    }

    private void add(KeptRecord record) {
        if (size == ring.length) {
            resize(2 * size);
        }
        int place = place(size);
        ring[place] = record;
        positions[place] = record.position();
        size++;
    }

    /** {@return the position of the record that has been dropped} */
    long dropOldest(long mark) {
        long position = positions[head];
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        if (size < ring.length / 8) {
            resize(ring.length / 2);
        }
        droppedThrough = position;
        dropMark = mark;
        return position;
    }

    /** {@return the index of the first record behind a position; {@link #size} if there is none} */
    int firstBehind(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (positions[place(middle)] > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether something behind a position has been dropped, and something of all dropped after a mark. */
    boolean hasDropped(long after, long known) {
        return droppedThrough > after && dropMark > known;
    }

    private void resize(int length) {
        KeptRecord[] resized = new KeptRecord[Math.max(INITIAL, length)];
        long[] resizedPositions = new long[resized.length];
        for (int i = 0; i < size; i++) {
            resized[i] = at(i);
            resizedPositions[i] = positions[place(i)];
        }
        ring = resized;
        positions = resizedPositions;
        head = 0;
    }
}
