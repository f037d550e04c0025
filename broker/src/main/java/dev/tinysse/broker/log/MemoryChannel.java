package dev.tinysse.broker.log;

/**
 * The kept records of one channel, oldest first, and what it has dropped. Changed under the lock of its log; what it has dropped may
 * be read by any thread.
 */
final class MemoryChannel {
    private static final int INITIAL = 2;

    private final String name;
    private LogRecord[] ring = new LogRecord[INITIAL];
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
    LogRecord at(int index) {
        return ring[head + index & ring.length - 1];
    }

    /** {@return the position of the newest record; if there is none, that of the last one dropped} */
    long last() {
        return size == 0 ? droppedThrough : at(size - 1).position();
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

    void add(LogRecord record, int size) {
        taken++;
        bytes += size;
        add(record);
    }

    private void add(LogRecord record) {
        if (size == ring.length) {
            resize(2 * size);
        }
        ring[head + size & ring.length - 1] = record;
        size++;
    }

    LogRecord dropOldest(long mark) {
        LogRecord oldest = ring[head];
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        if (size < ring.length / 8) {
            resize(ring.length / 2);
        }
        droppedThrough = oldest.position();
        dropMark = mark;
        return oldest;
    }

    /** {@return the index of the first record behind a position; {@link #size} if there is none} */
    int firstBehind(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (at(middle).position() > position) {
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
        LogRecord[] resized = new LogRecord[Math.max(INITIAL, length)];
        for (int i = 0; i < size; i++) {
            resized[i] = at(i);
        }
        ring = resized;
        head = 0;
    }
}
