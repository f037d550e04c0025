package dev.tinysse.broker.log.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import java.util.Optional;

/**
 * The stored records of one channel in the order of their positions, and the positions that it has dropped. Since the collector copies all
 * stored records, object by object, a message that has data alone is no object here: its data stands with that of others in a chunk of
 * bytes. Changed under the lock of its log; any thread may read the dropped positions.
 */
final class MemoryChannel {
    private static final int INITIAL = 2;
    private static final int MAX_CHUNK = 64 * 1024;
    /** A chunk is this part of the data at most, and data in it this part of the chunk: so little of either is not in use. */
    private static final int PART = 8;

    private long[] positions = new long[INITIAL];
    /** The request of a message that has data alone; of any other the {@link StoredRecord}. */
    private Object[] contents = new Object[INITIAL];
    private byte[][] chunks = new byte[INITIAL][];
    /** Where in its chunk data begins, and in the lower half its length. */
    private long[] places = new long[INITIAL];
    private int head;
    private int size;
    private byte[] chunk = {};
    private int used;
    private long dataBytes;
    private final String name;
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

    /** {@return the record at an index, 0 being the oldest} */
    StoredRecord at(int index) {
        int slot = slot(index);
        if (contents[slot] instanceof StoredRecord stored) {
            return stored;
        }
        StoredRecord.Data data = new StoredRecord.Data(chunks[slot], (int) (places[slot] >>> 32), (int) places[slot]);
        return new StoredRecord(positions[slot], index == 0 ? droppedThrough : position(index - 1), name,
                (Request) contents[slot], data, Optional.empty());
    }

    /** {@return the record at a position, where one is} */
    StoredRecord atPosition(long position) {
        return at(firstBehind(position - 1));
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
        int size = requestBytes + add(position, publication, request, attributes);
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
        long position = dropOldest();
        droppedThrough = position;
        dropMark = mark;
        return position;
    }

    /** Whether something behind a position has been dropped, and something of all dropped after a mark. */
    boolean hasDropped(long after, long known) {
        return droppedThrough > after && dropMark > known;
    }

    int size() {
        return size;
    }

    /** {@return the position of the record at an index, 0 being the oldest} */
    long position(int index) {
        return positions[slot(index)];
    }

    private int add(long position, Publication publication, Request request, Optional<String> attributes) {
        if (size == positions.length) {
            resize(2 * size);
        }
        long previous = last();
        int slot = slot(size);
        positions[slot] = position;
        size++;
        Message message = publication.message();
        if (attributes.isEmpty() && hasDataAlone(message)) {
            contents[slot] = request;
            return RecordSize.RECORD + addData(slot, message.data().orElseThrow().getBytes(UTF_8));
        }
        contents[slot] = new StoredRecord(position, previous, name, request, new StoredRecord.Whole(message),
                attributes);
        return RecordSize.ofWhole(message, attributes);
    }

    private static boolean hasDataAlone(Message message) {
        return message.data().isPresent() && message.id().isEmpty() && message.event().isEmpty()
                && message.comments().isEmpty();
    }

    private int addData(int slot, byte[] data) {
        int chunkLength = (int) Math.min(MAX_CHUNK, dataBytes / PART);
        dataBytes += data.length;
        if (data.length > chunkLength / PART) {
            chunks[slot] = data;
            places[slot] = data.length;
            return data.length;
        }
        if (data.length > chunk.length - used) {
            chunk = new byte[chunkLength];
            used = 0;
        }
        System.arraycopy(data, 0, chunk, used, data.length);
        chunks[slot] = chunk;
        places[slot] = (long) used << 32 | data.length;
        used += data.length;
        return data.length;
    }

    private long dropOldest() {
        long position = positions[head];
        if (chunks[head] != null) {
            dataBytes -= (int) places[head];
            chunks[head] = null;
        }
        contents[head] = null;
        head = head + 1 & positions.length - 1;
        size--;
        if (size < positions.length / 8 * 3) {
            resize(positions.length / 2);
        }
        return position;
    }

    /** {@return the index of the first record behind a position; {@link #size} if there is none} */
    int firstBehind(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (position(middle) > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int slot(int index) {
        return head + index & positions.length - 1;
    }

    private void resize(int length) {
        int resized = Math.max(INITIAL, length);
        long[] newPositions = new long[resized];
        Object[] newContents = new Object[resized];
        byte[][] newChunks = new byte[resized][];
        long[] newPlaces = new long[resized];
        for (int i = 0; i < size; i++) {
            int slot = slot(i);
            newPositions[i] = positions[slot];
            newContents[i] = contents[slot];
            newChunks[i] = chunks[slot];
            newPlaces[i] = places[slot];
        }
        positions = newPositions;
        contents = newContents;
        chunks = newChunks;
        places = newPlaces;
        head = 0;
    }
}
