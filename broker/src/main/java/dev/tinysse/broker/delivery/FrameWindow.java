package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.stream.StreamFormat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A run of a ring's newest frames, one behind the other in native memory, so that all that a stream has pending is one slice of it
 * and one write. Filled once for all streams of a {@link SubscriberGroup} that want the same bytes, and used by one thread alone.
 */
final class FrameWindow {
    private static final int BYTES = 256 * 1024;
    private static final int MAX_ENTRIES = 1024;

    private final StreamFormat format;
    private final boolean envelopes;
    private final boolean compressed;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    private final @Nullable QueuedEntry[] entries = new @Nullable QueuedEntry[MAX_ENTRIES];
    private final int[] ends = new int[MAX_ENTRIES];
    private Ring ring = new Ring();
    private long from;
    private long to;
    private int notices;

    FrameWindow(StreamFormat format, boolean envelopes, boolean compressed) {
        this.format = format;
        this.envelopes = envelopes;
        this.compressed = compressed;
    }

    /** Shows this ring from now on. */
    void show(Ring shown) {
        if (shown != ring) {
            ring = shown;
            clear();
        }
    }

    /** Forgets what it holds: the ring has new numbers. */
    void clear() {
        for (int i = 0; i < to - from; i++) {
            entries[i] = null; // a message goes when all have taken it
        }
        from = 0;
        to = 0;
        notices = 0;
    }

    /** The first message behind the window. */
    long to() {
        return to;
    }

    /** The message with this number, which the window holds. */
    QueuedEntry entry(long sequence) {
        return entries[(int) (sequence - from)];
    }

    /** How many entries from this number up to another are messages. */
    long messages(long first, long end) {
        long messages = end - first;
        for (long sequence = first; notices > 0 && sequence < end; sequence++) {
            messages -= entry(sequence).notice ? 1 : 0;
        }
        return messages;
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
    @Nullable
    ByteBuffer slice(long sequence, long head) {
        if (sequence < from || sequence > to || (sequence == to && !fits(sequence, head))) {
            clear();
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
            QueuedEntry entry = ring.get(to);
            int start = start(to);
            if (entry == null) {
                return;
            }
            byte[] frame = frame(entry);
            if (frame.length > BYTES - start) {
                return;
            }
            int index = (int) (to - from);
            bytes.limit(BYTES).put(start, frame);
            entries[index] = entry;
            notices += entry.notice ? 1 : 0;
            ends[index] = start + frame.length;
            to++;
        }
    }

    private byte[] frame(QueuedEntry entry) {
        return compressed ? entry.compressed(envelopes, format).bytes() : entry.frame(envelopes, format);
    }

    private boolean fits(long sequence, long head) {
        if (sequence >= head || to - from >= entries.length) {
            return false;
        }
        QueuedEntry entry = ring.get(sequence);
        return entry != null && frame(entry).length <= BYTES - start(sequence);
    }
}
