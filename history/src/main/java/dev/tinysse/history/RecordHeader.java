package dev.tinysse.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of each record in a segment, {@value #SIZE} bytes: length of the content, kind, position, and checksums of
 * the content and of the header. That of the header covers a number known to the segment alone and the place in the file, so that
 * what a publisher sends is never taken for a record. Immutable.
 *
 * @param length of the content, in bytes, at least 1
 * @param kind one of the constants
 * @param more whether the record behind it belongs to the same append
 * @param position of the record; of a key, that of the record behind it
 * @param checksum of the content
 */
record RecordHeader(int length, int kind, boolean more, long position, int checksum) {
    static final int SIZE = 24;
    /** Records begin at multiples of this. */
    static final int ALIGNMENT = 8;
    /** The last byte of a record, to distinguish a torn one from a damaged one: behind the former are zeros. */
    static final byte END = (byte) 0xA5;

    static final int MESSAGE = 1;
    /** A key as it was written first: its channel, and the response as a text. */
    static final int TEXT_KEY = 2;
    /** The last record of a segment that gets no more. */
    static final int SEAL = 3;
    static final int KEY = 4;

    private static final int MARK = 0x54530000;
    private static final int MORE = 0x100;

    /** {@return bytes from the begin of a record with so much content to the next one} */
    static long total(int length) {
        return SIZE + length + 1L + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** {@return bytes from the begin of the record to the next one} */
    long total() {
        return total(length);
    }

    /** Writes a header. */
    void put(byte[] bytes, int at, long salt, long offset) {
        ByteBuffer.wrap(bytes, at, SIZE).putInt(length).putInt(MARK | (more ? MORE : 0) | kind).putLong(position)
                .putInt(checksum).putInt(checksum(bytes, at, salt, offset));
    }

    /**
     * Reads a header.
     *
     * @param bytes has at least {@value #SIZE} bytes from the index on
     * @param salt of the segment
     * @param offset of the record in the segment
     * @return the header, or null if there is none or a damaged one
     */
    static RecordHeader get(byte[] bytes, int at, long salt, long offset) {
        ByteBuffer header = ByteBuffer.wrap(bytes, at, SIZE);
        int length = header.getInt();
        int kind = header.getInt();
        if (length <= 0 || (kind & 0xFFFFFE00) != MARK) {
            return null;
        }
        long position = header.getLong();
        int checksum = header.getInt();
        return header.getInt() == checksum(bytes, at, salt, offset)
                ? new RecordHeader(length, kind & 0xFF, (kind & MORE) != 0, position, checksum)
                : null;
    }

    /** {@return the checksum of some content} */
    static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static int checksum(byte[] bytes, int at, long salt, long offset) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, SIZE - Integer.BYTES);
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(offset).flip());
        return (int) crc.getValue();
    }
}
