package dev.tinysse.history;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes behind the last whole record of a segment. A write that was not finished leaves zeros from some byte on; where the last
 * byte is that of a record's end, it was finished, and something has been damaged since.
 *
 * @param end behind the last byte that is not 0; the begin if all are
 * @param isDamaged whether there was a whole record
 */
record Tail(long end, boolean isDamaged) {
    private static final int CHUNK = 64 * 1024;

    static Tail of(Segment segment, long from, long to) throws IOException {
        byte[] bytes = new byte[CHUNK];
        for (long at = to; at > from; at -= CHUNK) {
            long begin = Math.max(from, at - CHUNK);
            int length = segment.file().read(ByteBuffer.wrap(bytes, 0, (int) (at - begin)), begin);
            for (int i = length - 1; i >= 0; i--) {
                if (bytes[i] != 0) {
                    long end = begin + i + 1;
                    return new Tail(end, end % RecordHeader.ALIGNMENT == 0 && isEnd(bytes[i])
                            && end - from >= RecordHeader.total(1));
                }
            }
        }
        return new Tail(from, false);
    }

    /** A bit of the last byte may be damaged, too. */
    private static boolean isEnd(byte value) {
        return Integer.bitCount((value ^ RecordHeader.END) & 0xFF) <= 1;
    }
}
