package dev.tinysse.history;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Goes through the records of a segment, from an offset of one on, and skips what is damaged. For one thread.
 */
final class Scanner {
    private static final int FIRST_READ = 8 * 1024;

    private final Segment segment;
    private final int chunk;
    private long to;
    private byte[] buffer = new byte[0];
    private long bufferAt;
    private int buffered;
    private int nextRead = FIRST_READ;

    private long offset;
    private long next;
    private RecordHeader header;
    private long damagedFrom = -1;

    /**
     * A scanner before an offset.
     *
     * @param segment what to go through
     * @param from where a record begins
     * @param to where the records end
     * @param chunk how many bytes are read at once, if one read follows the other
     */
    Scanner(Segment segment, long from, long to, int chunk) {
        this.segment = segment;
        this.next = from;
        this.to = to;
        this.chunk = chunk;
    }

    /** Goes on from an offset of a record, if that is behind the present one. */
    void skipTo(long from, long end) {
        next = Math.max(next, from);
        to = end;
    }

    /** Goes to the next header that is not damaged, if there is one. The content is not looked at. */
    boolean next() throws IOException {
        damagedFrom = -1;
        offset = next;
        header = header(offset);
        if (header == null && offset < to) {
            damagedFrom = offset;
            while (header == null && offset + RecordHeader.SIZE < to) {
                offset += RecordHeader.ALIGNMENT;
                header = header(offset);
            }
        }
        next = header == null ? to : offset + header.total();
        return header != null;
    }

    /** {@return a scanner of what is behind the present record} */
    Scanner behind(long end) {
        return new Scanner(segment, next, end, chunk);
    }

    /** Whether the content of the present record is as it was written. */
    boolean isWhole() throws IOException {
        return fill(offset, RecordHeader.SIZE + header.length())
                && RecordHeader.checksum(buffer, content(), header.length()) == header.checksum();
    }

    /** {@return the header of the present record} */
    RecordHeader header() {
        return header;
    }

    long offset() {
        return offset;
    }

    /** {@return where the next record begins} */
    long nextOffset() {
        return next;
    }

    /** {@return where damaged bytes begin that were skipped before the present record, or before the end; -1 if there were none} */
    long damagedFrom() {
        return damagedFrom;
    }

    /** {@return the bytes in which the content of a whole record is, until the next step} */
    byte[] bytes() {
        return buffer;
    }

    /** {@return where in the bytes the content begins} */
    int content() {
        return (int) (offset - bufferAt) + RecordHeader.SIZE;
    }

    private RecordHeader header(long at) throws IOException {
        if (!fill(at, RecordHeader.SIZE)) {
            return null;
        }
        RecordHeader found = RecordHeader.get(buffer, (int) (at - bufferAt), segment.salt(), at);
        return found == null || at + found.total() > to ? null : found;
    }

    /** Makes sure that so many bytes are in the buffer. */
    private boolean fill(long at, int length) throws IOException {
        if (at >= bufferAt && at + length <= bufferAt + buffered) {
            return true;
        }
        if (at + length > to) {
            return false;
        }
        boolean follows = at >= bufferAt && at <= bufferAt + buffered;
        nextRead = follows ? Math.min(chunk, 2 * nextRead) : Math.min(chunk, FIRST_READ);
        int size = (int) Math.min(Math.max(length, nextRead), to - at);
        if (buffer.length < size) {
            buffer = new byte[size];
        }
        bufferAt = at;
        buffered = segment.file().read(ByteBuffer.wrap(buffer, 0, size), at);
        return buffered >= length;
    }
}
