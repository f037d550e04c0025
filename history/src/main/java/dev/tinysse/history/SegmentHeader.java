package dev.tinysse.history;

import dev.tinysse.history.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * How a segment begins. It stands there twice, so that one damaged byte costs nothing. Immutable.
 *
 * @param version of the format
 * @param number of the segment, which rises with the positions
 * @param generation how often it has been rewritten
 * @param salt a number at random, which is part of the checksums of the segment's records
 */
record SegmentHeader(int version, int number, int generation, long salt) {
    /** The format that is written, and the only one that is read. */
    static final int VERSION = 1;
    /** Where the records begin. */
    static final int SIZE = 128;

    private static final int COPY = SIZE / 2;
    private static final long MAGIC = 0x54696E7953534501L;
    private static final int CHECKED = 2 * Long.BYTES + 3 * Integer.BYTES;

    static SegmentHeader create(int number, int generation) {
        return new SegmentHeader(VERSION, number, generation, new SecureRandom().nextLong());
    }

    /** {@return the bytes of the segment before its first record} */
    ByteBuffer bytes() {
        byte[] bytes = new byte[SIZE];
        for (int at = 0; at < SIZE; at += COPY) {
            ByteBuffer.wrap(bytes, at, COPY).putLong(MAGIC).putInt(version).putInt(number).putInt(generation)
                    .putLong(salt).putInt(RecordHeader.checksum(bytes, at, CHECKED));
        }
        return ByteBuffer.wrap(bytes);
    }

    /** {@return the header of a segment; nothing if both copies are damaged} */
    static Optional<SegmentHeader> read(DiskFile file) throws IOException {
        byte[] bytes = new byte[SIZE];
        int length = file.read(ByteBuffer.wrap(bytes), 0);
        for (int at = 0; at + COPY <= length; at += COPY) {
            ByteBuffer copy = ByteBuffer.wrap(bytes, at, COPY);
            if (copy.getLong() == MAGIC) {
                SegmentHeader header = new SegmentHeader(copy.getInt(), copy.getInt(), copy.getInt(), copy.getLong());
                if (copy.getInt() == RecordHeader.checksum(bytes, at, CHECKED)) {
                    return Optional.of(header);
                }
            }
        }
        return Optional.empty();
    }
}
