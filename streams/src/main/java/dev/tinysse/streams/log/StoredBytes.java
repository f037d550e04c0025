package dev.tinysse.streams.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The bytes that have been appended to one stream, in blocks. No append is in two blocks. Bytes do not change once they are there. For
 * one thread at a time.
 */
final class StoredBytes {
    /** Bytes that an append takes besides its data. */
    static final long APPEND_OVERHEAD = 4;
    private static final int MAX_BLOCK = 64 * 1024;
    private static final Block[] NONE = {};

    private Block[] blocks = NONE;
    private int count;

    /** Some of the appends. */
    private static final class Block {
        final long start;
        byte[] bytes;
        int used;
        int[] ends;
        int appends;

        Block(long start, byte[] data) {
            this.start = start;
            this.bytes = data;
            this.used = data.length;
            this.ends = new int[]{data.length};
            this.appends = 1;
        }

        boolean tryAppend(byte[] data) {
            if (used + data.length > MAX_BLOCK) {
                return false;
            }
            if (used + data.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(MAX_BLOCK, Math.max(64, 2 * (used + data.length))));
            }
            if (appends == ends.length) {
                ends = Arrays.copyOf(ends, 2 * appends);
            }
            System.arraycopy(data, 0, bytes, used, data.length);
            used += data.length;
            ends[appends++] = used;
            return true;
        }

        void trim() {
            bytes = bytes.length > used ? Arrays.copyOf(bytes, used) : bytes;
            ends = ends.length > appends ? Arrays.copyOf(ends, appends) : ends;
        }

        long end() {
            return start + used;
        }

        /** Index of the append that has the byte at a position. */
        int append(long position) {
            int found = Arrays.binarySearch(ends, 0, appends, (int) (position - start));
            return found < 0 ? -found - 1 : found + 1;
        }

        int startOf(int append) {
            return append == 0 ? 0 : ends[append - 1];
        }
    }

    /**
     * One append, as far as it is there.
     *
     * @param bytes has it
     * @param offset where it begins in them
     * @param start its position
     * @param end the position behind it
     */
    record Append(byte[] bytes, int offset, long start, long end) {
        int index(long position) {
            return offset + (int) (position - start);
        }
    }

    /** Appends data, which has at least one byte, and does not change any more. */
    void append(long tail, byte[] data) {
        if (count > 0 && blocks[count - 1].tryAppend(data)) {
            return;
        }
        if (count > 0) {
            blocks[count - 1].trim();
        }
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, count < 2 ? count + 1 : count + count / 2);
        }
        blocks[count++] = new Block(tail, data);
    }

    /** Nothing is appended any more: only the bytes are needed. */
    void close() {
        if (count > 0) {
            blocks[count - 1].trim();
            blocks = blocks.length > count ? Arrays.copyOf(blocks, count) : blocks;
        }
    }

    /** The append that has the byte at a position. */
    Append appendAt(long position) {
        Block block = blocks[block(position)];
        int append = block.append(position);
        int from = block.startOf(append);
        return new Append(block.bytes, from, block.start + from, block.start + block.ends[append]);
    }

    /**
     * Collects bytes.
     *
     * @param from position of the first byte, which is there
     * @param to position behind the last one
     * @param parts where they go
     * @param ends where the ends of appends go, if they are wanted
     */
    void collect(long from, long to, List<ByteBuffer> parts, LongStream.Builder ends, boolean withEnds) {
        long at = from;
        for (int i = block(from); at < to; i++) {
            Block block = blocks[i];
            long end = Math.min(to, block.end());
            parts.add(ByteBuffer.wrap(block.bytes, (int) (at - block.start), (int) (end - at)));
            for (int append = block.append(at); withEnds && append < block.appends
                    && block.startOf(append) < end - block.start; append++) {
                ends.add(Math.min(end, block.start + block.ends[append]));
            }
            at = end;
        }
    }

    private int block(long position) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks[middle].start <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
