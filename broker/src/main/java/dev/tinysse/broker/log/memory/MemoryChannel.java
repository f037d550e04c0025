package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.Optional;

/**
 * The messages of one channel, and the positions that it has dropped. Changed under the lock of its log; any thread may read the dropped positions.
 */
final class MemoryChannel {
    private final String name;
    private final RecordRing ring;
    private long taken;
    private long bytes;
    private volatile long droppedThrough;
    private volatile long dropMark;

    MemoryChannel(String name, long droppedThrough, long dropMark) {
        this.name = name;
        this.ring = new RecordRing(name);
        this.droppedThrough = droppedThrough;
        this.dropMark = dropMark;
    }

    String name() {
        return name;
    }

    int size() {
        return ring.size();
    }

    /** {@return the record at an index, 0 being the oldest} */
    StoredRecord at(int index) {
        return ring.at(index, index == 0 ? droppedThrough : ring.position(index - 1));
    }

    /** {@return the record at a position, where one is} */
    StoredRecord atPosition(long position) {
        return at(firstBehind(position - 1));
    }

    /** {@return the position of the record at an index} */
    long position(int index) {
        return ring.position(index);
    }

    /** {@return the position of the newest record; if there is none, that of the last one dropped} */
    long last() {
        return size() == 0 ? droppedThrough : position(size() - 1);
    }

    /** {@return how many records it has taken} */
    long taken() {
        return taken;
    }

    /** {@return what its records take} */
    long bytes() {
        return bytes;
    }

    /**
     * Adds a record.
     *
     * @param request equal to the publication's, one for many
     * @param requestBytes what the request takes that no other record has counted
     * @return about how many bytes of the heap that takes
     */
    int add(long position, Publication publication, Request request, int requestBytes, Optional<String> attributes) {
        int size = requestBytes + ring.add(position, last(), publication, request, attributes);
        taken++;
        bytes += size;
        return size;
    }

    /** Counts a record that has been dropped, and took so many bytes. */
    void release(int size) {
        bytes -= size;
    }

    /** {@return the position of the record that has been dropped} */
    long dropOldest(long mark) {
        long position = ring.dropOldest();
        droppedThrough = position;
        dropMark = mark;
        return position;
    }

    /** {@return the index of the first record behind a position; {@link #size} if there is none} */
    int firstBehind(long position) {
        return ring.firstBehind(position);
    }

    /** Whether something behind a position has been dropped, and something of all dropped after a mark. */
    boolean hasDropped(long after, long known) {
        return droppedThrough > after && dropMark > known;
    }
}
