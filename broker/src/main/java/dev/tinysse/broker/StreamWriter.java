package dev.tinysse.broker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * Writes to streams without waiting for one: what a client does not take is queued until it does. One thread only.
 */
final class StreamWriter {
    private static final Logger LOG = System.getLogger("tinysse");

    private final Ring ring;
    private final FrameWindow window;
    private final LossCounter losses;
    private final PublishCalls calls;
    private final HeldFrames held;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);
    private long now;
    private long takenFrom;
    private long takenTo;
    private int takers;

    StreamWriter(Ring ring, LossCounter losses, PublishCalls calls, HeldFrames held) {
        this.ring = ring;
        this.window = new FrameWindow(ring);
        this.losses = losses;
        this.calls = calls;
        this.held = held;
    }

    /** Sets the time of the writes that follow, which saves reading the clock for each. */
    void clock(long nanos) {
        now = nanos;
    }

    /** Writes what the stream has pending in the ring, all in one write where that is possible. */
    void writePending(Stream stream, long head) throws IOException {
        if (stream.overlapsReplay()) {
            take(stream, head, Integer.MAX_VALUE, Long.MAX_VALUE, entry -> stream.add(entry.frame));
            flush(stream);
            return;
        }
        skipLost(stream);
        while (stream.cursor < head) {
            ByteBuffer slice = window.slice(stream.cursor, head);
            if (slice == null) {
                if (!writeAlone(stream)) {
                    return;
                }
            } else if (!write(stream, slice, window.to())) {
                return;
            }
        }
        stream.lagging = false;
    }

    /** Writes one message of the ring, which has been {@linkplain #take taken}. */
    void writeTaken(Stream stream, Entry entry) throws IOException {
        ByteBuffer slice = stream.hasOutput() ? null : window.slice(entry.sequence, entry.sequence + 1);
        if (slice == null) {
            stream.add(entry.frame);
            flush(stream);
            return;
        }
        slice.limit(slice.position() + entry.frame.length);
        int length = stream.channel.write(slice);
        progress(stream, length);
        if (slice.hasRemaining()) {
            stream.addRest(entry.frame, length);
            stall(stream);
        }
    }

    /** Writes what waits on the stream itself. Whether all of it was taken. */
    boolean flush(Stream stream) throws IOException {
        if (stream.hasOutput()) {
            progress(stream, stream.flush(scratch));
        }
        if (stream.hasOutput()) {
            stall(stream);
            return false;
        }
        if (stream.held > 0) {
            held.release(stream);
        }
        resume(stream); // also a stream that stalled between two frames
        return true;
    }

    /** Writes what waits on the stream itself, and was made for it alone. */
    boolean flushOwn(Stream stream) throws IOException {
        boolean all = flush(stream);
        if (!all) {
            held.hold(stream);
        }
        return all;
    }

    /** How many messages were published for a stream that it has not been sent. */
    long untaken(Stream stream) {
        long untaken = (long) stream.pendingMessages() + stream.inHook;
        if (!stream.inRing) {
            return untaken;
        }
        untaken += ring.head() - stream.cursor;
        if (stream.overlapsReplay()) {
            for (long sequence = Math.max(stream.cursor, ring.oldest()); sequence < ring.head(); sequence++) {
                Entry entry = ring.get(sequence);
                if (entry != null && stream.wasReplayed(entry)) {
                    untaken--;
                }
            }
        }
        return untaken;
    }

    /**
     * Takes for a stream what it has not had in its replay.
     *
     * @param end the message to stop before, at most the head of the ring
     * @param most the number of messages to stop after
     * @param mostBytes the size of messages to stop after
     */
    void take(Stream stream, long end, int most, long mostBytes, Consumer<Entry> taker) {
        if (stream.overlapsReplay()) {
            stream.limitOverlap(ring, calls);
        }
        int left = most;
        long bytesLeft = mostBytes;
        while (stream.cursor < end && left > 0 && bytesLeft > 0) {
            skipLost(stream);
            long sequence = stream.cursor;
            Entry entry;
            while (sequence < end && left > 0 && bytesLeft > 0 && (entry = ring.get(sequence)) != null) {
                if (!stream.wasReplayed(entry)) {
                    taker.accept(entry);
                    left--;
                    bytesLeft -= entry.frame.length;
                }
                sequence++;
            }
            taken(stream, sequence);
        }
        stream.lagging &= stream.cursor < ring.head();
    }

    /** Reports to the ring what has been taken so far. To be called after a round of writes. */
    void settle() {
        if (takers > 0) {
            ring.taken(takenFrom, takenTo, takers);
            takers = 0;
        }
    }

    private boolean write(Stream stream, ByteBuffer slice, long end) throws IOException {
        int length = stream.channel.write(slice);
        progress(stream, length);
        if (!slice.hasRemaining()) {
            taken(stream, end);
            return true;
        }
        long sequence = stream.cursor;
        int left = length;
        while (left >= window.length(sequence)) {
            left -= window.length(sequence++);
        }
        if (left > 0) {
            stream.addRest(window.entry(sequence++).frame, left);
        }
        taken(stream, sequence);
        stall(stream);
        return false;
    }

    /** A message that has no room in a window, or has just been overwritten. */
    private boolean writeAlone(Stream stream) throws IOException {
        Entry entry = ring.get(stream.cursor);
        if (entry == null) {
            skipLost(stream);
            return true;
        }
        taken(stream, stream.cursor + 1);
        stream.add(entry.frame);
        return flush(stream);
    }

    private void taken(Stream stream, long end) {
        if (takenFrom != stream.cursor || takenTo != end) {
            settle();
            takenFrom = stream.cursor;
            takenTo = end;
        }
        takers++;
        stream.cursor = end;
    }

    private void skipLost(Stream stream) {
        long oldest = ring.oldest();
        if (stream.cursor >= oldest) {
            return;
        }
        long lost = oldest - stream.cursor;
        stream.cursor = oldest;
        stream.lost += lost;
        losses.add(lost);
        if (!stream.lagging) {
            stream.lagging = true;
            LOG.log(Level.WARNING, "a slow stream lost messages: lost=%d capacity=%d client=%s lost-in-all=%d"
                    .formatted(lost, ring.capacity(), Clients.name(stream.channel), losses.total()));
        }
    }

    private void progress(Stream stream, long length) {
        if (length > 0) {
            stream.lastWrite = now;
            stream.stalledSince = now;
        }
    }

    private void stall(Stream stream) {
        if (!stream.stalled) {
            stream.stalled = true;
            stream.stalledSince = now;
            stream.key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private static void resume(Stream stream) {
        if (stream.stalled) {
            stream.stalled = false;
            stream.key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }
}
