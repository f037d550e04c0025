package dev.tinysse.broker;

import java.nio.ByteBuffer;

/**
 * A run of the newest frames, one behind the other in native memory, so that all that a stream has pending is one slice
 * of it and one write. Filled once for all streams of a fan-out thread, and used by that thread alone.
 */
final class FrameWindow {
    private static final int BYTES = 256 * 1024;

    private final Ring ring;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    private final Entry[] entries;
    private final int[] ends;
    private long from;
    private long to;

    FrameWindow(Ring ring) {
        this.ring = ring;
        this.entries = new Entry[ring.capacity()];
        this.ends = new int[ring.capacity()];
    }

    /** The first message behind the window. */
    long to() {
        return to;
    }

    /** The message with this number, which the window holds. */
    Entry entry(long sequence) {
        return entries[(int) (sequence - from)];
    }

    /** Where in the window the message with this number begins. */
    private int start(long sequence) {
        return sequence == from ? 0 : ends[(int) (sequence - from - 1)];
    }

    /** How many bytes the message with this number takes, which the window holds. */
    int length(long sequence) {
        return ends[(int) (sequence - from)] - start(sequence);
    }

    /**
     * The bytes from this message on, as far as the window goes, which {@link #to} tells. Null if the message is no longer
     * in the ring, or too large for a window.
     */
    ByteBuffer slice(long sequence, long head) {
        if (sequence < from || sequence > to || (sequence == to && !fits(sequence))) {
            from = sequence;
            to = sequence;
        }
        fill(head);
        if (sequence == to) {
            return null;
        }
        return bytes.limit(ends[(int) (to - from - 1)]).position(start(sequence));
    }

    private void fill(long head) {
        while (to < head && to - from < entries.length) {
            Entry entry = ring.get(to);
            int start = start(to);
            if (entry == null || entry.frame.length > BYTES - start) {
                return;
            }
            int index = (int) (to - from);
            bytes.limit(BYTES).put(start, entry.frame);
            entries[index] = entry;
            ends[index] = start + entry.frame.length;
            to++;
        }
    }

    private boolean fits(long sequence) {
        Entry entry = ring.get(sequence);
        return to - from < entries.length && entry != null && entry.frame.length <= BYTES - start(sequence);
    }
}
