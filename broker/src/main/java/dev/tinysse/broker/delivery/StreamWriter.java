package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.stream.StreamFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Optional;

/**
 * Writes to streams without waiting for one: what a client does not take is queued until it does. One thread only.
 */
final class StreamWriter {
    private final MessageSource source;
    private final StreamFormat format;
    private final HeldFrames held;
    private final DeliveryFigures figures;
    /** By form: of events and of envelopes, then of both compressed; those that some stream has wanted. */
    private final FrameWindow[] windows = new FrameWindow[4];
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(64 * 1024);
    private long now;

    StreamWriter(MessageSource source, StreamFormat format, HeldFrames held, DeliveryFigures figures) {
        this.source = source;
        this.format = format;
        this.held = held;
        this.figures = figures;
        this.windows[0] = new FrameWindow(format, false, false);
    }

    /** Sets the time of the writes that follow, which saves reading the clock for each. */
    void clock(long nanos) {
        now = nanos;
    }

    /** The messages of some ring have new numbers. */
    void renumbered() {
        for (FrameWindow window : windows) {
            if (window != null) {
                window.clear();
            }
        }
    }

    /** Writes what the stream has pending in its ring, all in one write where that is possible. */
    void writePending(Stream stream) throws IOException {
        if (stream.overlapsReplay()) {
            queuePending(stream);
            flush(stream);
            return;
        }
        long head = stream.end();
        boolean more = true;
        while (more && stream.cursor < head && source.skipLost(stream)) {
            if (stream.hasOutput()) { // a notice of what was not there
                more = flush(stream);
                continue;
            }
            FrameWindow window = window(stream);
            ByteBuffer slice = window.slice(stream.cursor, head);
            more = slice == null ? writeAlone(stream) : write(stream, window, slice);
        }
        if (stream.cursor >= head) {
            stream.caughtUp();
        }
    }

    /** Lets what the stream has pending in its ring wait on the stream itself. */
    void queuePending(Stream stream) {
        source.take(stream, Integer.MAX_VALUE, Long.MAX_VALUE, entry -> add(stream, entry));
    }

    /** Writes what has been read of the stream's replay. */
    void writeReplay(Stream stream) throws IOException {
        Replay replay = stream.replay;
        while (replay.pending() > 0) {
            int frames = gather(stream, replay);
            if (frames == 0) {
                stream.output().addReplayed(frame(stream, takeOfReplay(stream)));
                if (!flush(stream)) {
                    replay.dropPage();
                }
                continue;
            }
            int length = stream.channel.write(scratch.flip());
            progress(stream, length);
            if (!scratch.hasRemaining()) {
                for (int i = 0; i < frames; i++) {
                    takeOfReplay(stream);
                }
                replayed(stream, frames);
                if (!isSent(stream)) {
                    replay.dropPage();
                    return;
                }
            } else {
                stop(stream, replay, length);
            }
        }
    }

    /** Copies as many frames as there is room for. */
    private int gather(Stream stream, Replay replay) {
        scratch.clear();
        int frames = 0;
        for (Entry entry = replay.peek(0); entry != null; entry = replay.peek(frames)) {
            byte[] frame = frame(stream, entry);
            if (frame.length > scratch.remaining()) {
                break;
            }
            scratch.put(frame);
            frames++;
        }
        return frames;
    }

    /** The client has taken so many bytes of a page and no more. The rest is read again when it does. */
    private void stop(Stream stream, Replay replay, int length) {
        int left = length;
        int whole = 0;
        byte[] frame = frame(stream, replay.peek(0));
        while (left >= frame.length) {
            left -= frame.length;
            takeOfReplay(stream);
            whole++;
            frame = frame(stream, replay.peek(0));
        }
        replayed(stream, whole);
        if (left > 0) {
            stream.output().addReplayed(frame(stream, takeOfReplay(stream)));
            stream.output().written(left);
        }
        replay.dropPage();
        stall(stream);
    }

    /** Sends bytes that are no message. They wait only if something else does, or the client does not take them. */
    void send(Stream stream, byte[] control) throws IOException {
        if (stream.hasOutput() || stream.isStalled()) {
            stream.output().addControl(control);
            flush(stream);
            return;
        }
        scratch.clear().put(control, 0, Math.min(control.length, scratch.remaining()));
        int length = stream.channel.write(scratch.flip());
        progress(stream, length);
        if (length < control.length) {
            stream.output().addControl(control);
            stream.output().written(length);
            flush(stream);
        } else {
            isSent(stream);
        }
    }

    /** Writes what waits on the stream itself. Whether all of it was taken. */
    boolean flush(Stream stream) throws IOException {
        if (stream.channel.pending() > 0) {
            progress(stream, stream.channel.flush());
            if (!isSent(stream)) {
                return false;
            }
        }
        if (stream.hasOutput()) {
            progress(stream, stream.flush(scratch, figures));
        }
        if (stream.hasOutput()) {
            stall(stream);
            return false;
        }
        if (!isSent(stream)) {
            return false;
        }
        if (stream.isStalled()) { // perhaps between two frames
            held.release(stream);
            resume(stream);
        }
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

    private boolean write(Stream stream, FrameWindow window, ByteBuffer slice) throws IOException {
        int length = stream.channel.write(slice);
        progress(stream, length);
        if (!slice.hasRemaining()) {
            delivered(stream, window.messages(stream.cursor, window.to()));
            append(stream, window, window.to());
            source.taken(stream, window.to(), window.entry(window.to() - 1));
            return isSent(stream);
        }
        long sequence = stream.cursor;
        int left = length;
        while (left >= window.length(sequence)) {
            left -= window.length(sequence++);
        }
        delivered(stream, window.messages(stream.cursor, sequence));
        append(stream, window, sequence);
        if (left > 0) {
            add(stream, window.entry(sequence++));
            stream.output().written(left);
        }
        if (sequence > stream.cursor) {
            source.taken(stream, sequence, window.entry(sequence - 1));
        }
        stall(stream);
        return false;
    }

    /** A message that has no room in a window. */
    private boolean writeAlone(Stream stream) throws IOException {
        Entry entry = stream.ring.get(stream.cursor);
        if (entry == null) {
            return true; // it has just expired
        }
        add(stream, entry);
        source.taken(stream, stream.cursor + 1, entry);
        return flush(stream);
    }

    private FrameWindow window(Stream stream) {
        boolean compressed = stream.compression != null;
        int form = (stream.inEnvelopes ? 1 : 0) + (compressed ? 2 : 0);
        FrameWindow window = windows[form];
        if (window == null) {
            window = new FrameWindow(format, stream.inEnvelopes, compressed);
            windows[form] = window;
        }
        window.show(stream.ring);
        return window;
    }

    private void add(Stream stream, Entry entry) {
        append(stream, entry);
        if (entry.notice) {
            stream.output().addNotice(frame(stream, entry), Optional.empty());
        } else {
            stream.output().add(frame(stream, entry));
        }
    }

    private Entry takeOfReplay(Stream stream) {
        Entry entry = source.takeOfReplay(stream);
        append(stream, entry);
        return entry;
    }

    private byte[] frame(Stream stream, Entry entry) {
        return stream.compression == null
                ? entry.frame(stream.inEnvelopes, format)
                : entry.compressed(stream.inEnvelopes, format).bytes();
    }

    /** The bytes to send for what a hook has made of a message, which are sent. */
    byte[] madeOf(Entry entry, Stream stream, byte[] made) {
        if (stream.compression == null || made != entry.frame(stream.inEnvelopes, format)) {
            return stream.own(made);
        }
        append(stream, entry);
        return frame(stream, entry);
    }

    /** A message is sent: what a compressed stream has to know of it. */
    private void append(Stream stream, Entry entry) {
        if (stream.compression != null) {
            stream.compression.append(entry.compressed(stream.inEnvelopes, format));
        }
    }

    private void append(Stream stream, FrameWindow window, long end) {
        if (stream.compression != null) {
            for (long sequence = stream.cursor; sequence < end; sequence++) {
                append(stream, window.entry(sequence));
            }
        }
    }

    private void delivered(Stream stream, long messages) {
        stream.messages += messages;
        figures.delivered(messages);
    }

    private void replayed(Stream stream, long messages) {
        delivered(stream, messages);
        figures.replayed(messages);
    }

    private void progress(Stream stream, long length) {
        if (length > 0) {
            stream.bytes += length;
            figures.sent(length);
            stream.lastWrite = now;
            if (stream.isStalled()) {
                stream.stall.since = now;
            }
        }
    }

    /** Whether the client has all that its channel has taken. If not, the stream stalls. */
    private boolean isSent(Stream stream) {
        if (stream.channel.pending() == 0) {
            return true;
        }
        stall(stream);
        held.holdPending(stream);
        return false;
    }

    private void stall(Stream stream) {
        if (!stream.isStalled()) {
            stream.stall = new Stream.Stall(now);
            stream.key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private static void resume(Stream stream) {
        stream.stall = null;
        stream.key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
}
