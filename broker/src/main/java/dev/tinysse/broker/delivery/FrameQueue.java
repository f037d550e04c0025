package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written to one stream, in order. One thread only.
 *
 * <p>A list of links, so that a stream on which nothing waits needs no queue, and one frame is cheap to wait for.
 */
final class FrameQueue {
    private @Nullable Frame first;
    private @Nullable Frame last;
    /** How many bytes of the first frame have been written. */
    private int written;

    private enum Kind {
        /** A message that has been published. */
        MESSAGE,
        /** A message of a replay. */
        REPLAYED,
        /** Stands in the place of messages. */
        NOTICE,
        /** No message, nor in the place of one: the first and the last bytes, keep-alives. */
        CONTROL
    }

    private static final class Frame {
        final byte[] bytes;
        final Kind kind;
        /** The gap that a notice tells of, if it does. */
        final Optional<GapReason> gap;
        @Nullable
        Frame next;

        Frame(byte[] bytes, Kind kind, Optional<GapReason> gap) {
            this.bytes = bytes;
            this.kind = kind;
            this.gap = gap;
        }
    }

    /** An empty queue. */
    public FrameQueue() {}

    /** Adds a message. */
    public void add(byte[] frame) {
        add(frame, Kind.MESSAGE);
    }

    /** Adds a message of a replay. */
    public void addReplayed(byte[] frame) {
        add(frame, Kind.REPLAYED);
    }

    /** Adds bytes that stand in the place of messages, and may tell of a gap. */
    public void addNotice(byte[] frame, Optional<GapReason> gap) {
        add(new Frame(frame, Kind.NOTICE, gap));
    }

    /** Adds bytes that are no message. */
    public void addControl(byte[] frame) {
        add(frame, Kind.CONTROL);
    }

    private void add(byte[] frame, Kind kind) {
        add(new Frame(frame, kind, Optional.empty()));
    }

    private void add(Frame frame) {
        if (first == null || last == null) {
            first = frame;
        } else {
            last.next = frame;
        }
        last = frame;
    }

    /** {@return whether nothing waits} */
    public boolean isEmpty() {
        return first == null;
    }

    /** {@return how many frames wait that are messages, or in the place of some} */
    public int messages() {
        int messages = 0;
        for (Frame frame = first; frame != null; frame = frame.next) {
            messages += frame.kind == Kind.CONTROL ? 0 : 1;
        }
        return messages;
    }

    /** {@return how many bytes wait} */
    public long bytes() {
        long bytes = -written;
        for (Frame frame = first; frame != null; frame = frame.next) {
            bytes += frame.bytes.length;
        }
        return bytes;
    }

    /** So many bytes of the first frame have been written already. */
    public void written(int length) {
        written = length;
    }

    /** Copies as many of the waiting bytes as there is room for. */
    public void copyTo(ByteBuffer buffer) {
        int skip = written;
        for (Frame frame = first; frame != null && buffer.hasRemaining(); frame = frame.next) {
            buffer.put(frame.bytes, skip, Math.min(frame.bytes.length - skip, buffer.remaining()));
            skip = 0;
        }
    }

    /**
     * Removes bytes that have been written.
     *
     * @param length how many
     * @param figures count the frames that are written whole
     * @return how many messages that are
     */
    public int remove(int length, DeliveryFigures figures) {
        int messages = 0;
        written += length;
        while (first != null && written >= first.bytes.length) {
            written -= first.bytes.length;
            messages += count(first, figures);
            first = first.next;
        }
        return messages;
    }

    private static int count(Frame frame, DeliveryFigures figures) {
        switch (frame.kind) {
            case MESSAGE -> figures.delivered(1);
            case REPLAYED -> {
                figures.delivered(1);
                figures.replayed(1);
            }
            case NOTICE -> {
                frame.gap.ifPresent(figures::gap);
                return 0;
            }
            case CONTROL -> {
                return 0;
            }
        }
        return 1;
    }
}
