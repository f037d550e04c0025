package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the client of one subscriber: writes without waiting, and queues what the client does not accept until it does. For
 * the delivery thread of the subscriber.
 *
 * <p>A client may send its next request early. The bytes are buffered, up to a limit.
 */
final class ClientConnection {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final ByteBuffer NO_INPUT = ByteBuffer.allocate(0);
    private static final int INPUT_LIMIT = 16 * 1024;

    /** A client accepts no data. */
    private static final class Stall {
        long since;
        /** Bytes that the delivery thread has counted meanwhile. */
        long held;

        Stall(long since) {
            this.since = since;
        }
    }

    private final DeliveryContext context;
    private final StreamChannel channel;
    private final boolean inEnvelopes;
    /** Null if the stream is not compressed. */
    private final StreamCompression.@Nullable Encoder compression;
    private @Nullable SelectionKey key;
    /** The frames that wait to be written; null if there are none. */
    private @Nullable FrameQueue waiting;
    /** Null as long as the client accepts data. */
    private @Nullable Stall stall;
    private long lastWrite;
    private ByteBuffer received = NO_INPUT;
    private long messages;
    private long bytes;

    ClientConnection(DeliveryContext context, StreamChannel channel, boolean inEnvelopes,
            Optional<StreamCompression.Encoder> compression, long now) {
        this.context = context;
        this.channel = channel;
        this.inEnvelopes = inEnvelopes;
        this.compression = compression.orElse(null);
        this.lastWrite = now;
    }

    StreamChannel channel() {
        return channel;
    }

    /** Whether messages come as JSON that names their channel. */
    boolean isInEnvelopes() {
        return inEnvelopes;
    }

    /** Watches the connection from now on, and sends the first bytes. */
    void begin(Selector selector, Object subscriber, byte[] head) throws IOException {
        channel.socket().configureBlocking(false);
        watch(channel.socket().register(selector, SelectionKey.OP_READ, subscriber));
        send(withBeginning(head));
    }

    /** This key watches the connection from now on. */
    void watch(SelectionKey watching) {
        key = watching;
    }

    private byte[] withBeginning(byte[] head) {
        if (compression == null) {
            return head;
        }
        byte[] begin = compression.begin();
        byte[] all = Arrays.copyOf(head, head.length + begin.length);
        System.arraycopy(begin, 0, all, head.length, begin.length);
        return all;
    }

    boolean isStalled() {
        return stall != null;
    }

    /** Since when the client has accepted no data; the time of the last write if it accepts data. */
    long stalledSince() {
        return stall == null ? lastWrite : stall.since;
    }

    /** Whether the client accepts no data, and bytes that are for it alone wait. */
    boolean isHolding() {
        return stall != null && stall.held > 0;
    }

    /** Whether frames wait to be written. */
    boolean isAnyWaiting() {
        return waiting != null;
    }

    /** Whether the client accepts data, and nothing waits. */
    boolean isFree() {
        return stall == null && waiting == null;
    }

    /** How many messages wait that have not been written completely. */
    int waitingMessages() {
        return waiting == null ? 0 : waiting.messages();
    }

    long lastWrite() {
        return lastWrite;
    }

    /** How many messages have been written completely. */
    long messages() {
        return messages;
    }

    /** How many bytes have been written. */
    long bytes() {
        return bytes;
    }

    private FrameQueue waiting() {
        FrameQueue queue = waiting;
        if (queue == null) {
            queue = new FrameQueue();
            waiting = queue;
        }
        return queue;
    }

    /** Adds a frame of a replay that is for this stream alone. */
    void addReplayed(byte[] frame) {
        waiting().addReplayed(own(frame));
    }

    /** Adds the event that reports a gap. */
    void addGap(byte[] frame, GapReason reason) {
        waiting().addNotice(own(frame), Optional.of(reason));
    }

    /** Adds bytes that are no message. */
    void addControl(byte[] frame) {
        waiting().addControl(own(frame));
    }

    /** Adds the last bytes. */
    void addEnd(byte[] end) {
        waiting().addControl(compression == null ? end : compression.end(end));
    }

    /** Adds a message of the ring. */
    void add(Entry entry) {
        append(entry);
        if (entry.notice) {
            waiting().addNotice(frame(entry), Optional.empty());
        } else {
            waiting().add(frame(entry));
        }
    }

    /** Adds the frame that the {@code message} hook has made of a message, or the message's own. */
    void addDecided(Entry entry, byte[] made, boolean replayed) {
        byte[] frame = decided(entry, made);
        if (entry.notice) {
            waiting().addNotice(frame, Optional.empty());
        } else if (replayed) {
            waiting().addReplayed(frame);
        } else {
            waiting().add(frame);
        }
    }

    private byte[] decided(Entry entry, byte[] made) {
        if (compression == null || made != entry.frame(inEnvelopes, context.format)) {
            return own(made);
        }
        append(entry);
        return frame(entry);
    }

    private byte[] own(byte[] frame) {
        return compression == null ? frame : compression.append(frame);
    }

    private byte[] frame(Entry entry) {
        return compression == null
                ? entry.frame(inEnvelopes, context.format)
                : entry.compressed(inEnvelopes, context.format).bytes();
    }

    /** A message is sent: what a compressed stream has to know of it. */
    private void append(Entry entry) {
        if (compression != null) {
            compression.append(entry.compressed(inEnvelopes, context.format));
        }
    }

    /** The window on a ring with the frames as this client receives them. */
    FrameWindow window(Ring ring) {
        return context.window(ring, inEnvelopes, compression != null);
    }

    /**
     * Writes a part of a window.
     *
     * @param from the number of its first message
     * @return the end of the messages that are written, of which the last may be waiting in part
     */
    long write(FrameWindow window, long from, ByteBuffer slice) throws IOException {
        int length = channel.write(slice);
        progress(length);
        if (!slice.hasRemaining()) {
            delivered(window, from, window.to());
            isSent();
            return window.to();
        }
        long sequence = from;
        int left = length;
        while (left >= window.length(sequence)) {
            left -= window.length(sequence++);
        }
        delivered(window, from, sequence);
        if (left > 0) {
            add(window.entry(sequence++));
            waiting().written(left);
        }
        stall();
        return sequence;
    }

    private void delivered(FrameWindow window, long from, long end) {
        delivered(window.messages(from, end));
        if (compression != null) {
            for (long sequence = from; sequence < end; sequence++) {
                append(window.entry(sequence));
            }
        }
    }

    /**
     * Writes the next messages of a page, as many as have room in one write.
     *
     * @return how many are written, of which the last may be waiting in part
     */
    int write(Replay replay) throws IOException {
        int frames = gather(replay);
        if (frames == 0) {
            Entry entry = replay.peek(0);
            append(entry);
            waiting().addReplayed(frame(entry));
            flush();
            return 1;
        }
        ByteBuffer scratch = context.scratch.flip();
        int length = channel.write(scratch);
        progress(length);
        if (scratch.hasRemaining()) {
            return stop(replay, length);
        }
        replayed(replay, frames);
        isSent();
        return frames;
    }

    /** Copies as many frames as there is room for. */
    private int gather(Replay replay) {
        ByteBuffer scratch = context.scratch.clear();
        int frames = 0;
        for (; frames < replay.pending(); frames++) {
            byte[] frame = frame(replay.peek(frames));
            if (frame.length > scratch.remaining()) {
                break;
            }
            scratch.put(frame);
        }
        return frames;
    }

    /** The client has accepted so many bytes of a page and no more. */
    private int stop(Replay replay, int length) {
        int left = length;
        int whole = 0;
        byte[] frame = frame(replay.peek(0));
        while (left >= frame.length) {
            left -= frame.length;
            whole++;
            frame = frame(replay.peek(whole));
        }
        replayed(replay, whole);
        if (left > 0) {
            append(replay.peek(whole));
            waiting().addReplayed(frame);
            waiting().written(left);
            whole++;
        }
        stall();
        return whole;
    }

    private void replayed(Replay replay, int frames) {
        for (int i = 0; i < frames; i++) {
            append(replay.peek(i));
        }
        delivered(frames);
        context.figures.replayed(frames);
    }

    private void delivered(long more) {
        messages += more;
        context.figures.delivered(more);
    }

    /** Sends bytes that are no message. They wait only if something else does, or the client does not accept them. */
    void send(byte[] control) throws IOException {
        if (!isFree()) {
            waiting().addControl(control);
            flush();
            return;
        }
        ByteBuffer scratch = context.scratch.clear();
        scratch.put(control, 0, Math.min(control.length, scratch.remaining()));
        int length = channel.write(scratch.flip());
        progress(length);
        if (length < control.length) {
            waiting().addControl(control);
            waiting().written(length);
            flush();
        } else {
            isSent();
        }
    }

    /** Sends a comment that keeps the connection alive. */
    void sendKeepAlive() throws IOException {
        send(own(context.format.keepAlive()));
    }

    /** Sends what the channel responds to the client by itself. */
    void flushResponse() throws IOException {
        if (channel.pending() > 0) {
            flush();
        }
    }

    /** Writes what waits. Whether the client has accepted all of it. */
    boolean flush() throws IOException {
        if (channel.pending() > 0) {
            progress(channel.flush());
            if (!isSent()) {
                return false;
            }
        }
        if (waiting != null) {
            progress(writeWaiting());
        }
        if (waiting != null) {
            stall();
            return false;
        }
        if (!isSent()) {
            return false;
        }
        if (stall != null) { // perhaps between two frames
            hold(stall, 0);
            stall = null;
            key().interestOpsAnd(~SelectionKey.OP_WRITE);
        }
        return true;
    }

    private long writeWaiting() throws IOException {
        FrameQueue queue = waiting();
        long all = 0;
        while (!queue.isEmpty()) {
            ByteBuffer scratch = context.scratch.clear();
            queue.copyTo(scratch);
            int length = channel.write(scratch.flip());
            messages += queue.remove(length, context.figures);
            all += length;
            if (scratch.hasRemaining() || channel.pending() > 0) {
                break;
            }
        }
        if (queue.isEmpty()) {
            waiting = null;
        }
        return all;
    }

    private void progress(long length) {
        if (length > 0) {
            bytes += length;
            context.figures.sent(length);
            lastWrite = context.now();
            if (stall != null) {
                stall.since = lastWrite;
            }
        }
    }

    /** Whether the client has all that its channel has taken. If not, it accepts no data. */
    private boolean isSent() {
        if (channel.pending() == 0) {
            return true;
        }
        Stall began = stall();
        if (began.held == 0) {
            hold(began, channel.pending());
        }
        return false;
    }

    /** The client accepts no data. */
    private Stall stall() {
        Stall began = stall;
        if (began == null) {
            began = new Stall(context.now());
            stall = began;
            key().interestOpsOr(SelectionKey.OP_WRITE);
        }
        return began;
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key);
    }

    /** Counts the bytes that are for this client alone, if it does not accept them. */
    void hold() {
        Stall began = stall;
        if (began != null) {
            hold(began, (waiting == null ? 0 : waiting.bytes()) + channel.pending());
        }
    }

    private void hold(Stall began, long held) {
        context.held(began.held, held);
        began.held = held;
    }

    /** Forgets what waits: the stream has ended. */
    void ended() {
        if (stall != null) {
            hold(stall, 0);
        }
    }

    /**
     * Reads what the client has sent.
     *
     * @return why the stream has to end, if the client has gone, or sends without end
     */
    Optional<EndReason> read() throws IOException {
        Optional<EndReason> end = readOnce();
        while (end.isEmpty() && channel.hasInput()) {
            end = readOnce();
        }
        return end;
    }

    private Optional<EndReason> readOnce() throws IOException {
        ByteBuffer input = context.input.clear();
        int length = channel.read(input);
        if (length < 0) {
            return Optional.of(EndReason.CLIENT_LEFT);
        }
        if (received.remaining() + length > INPUT_LIMIT) {
            return Optional.of(EndReason.SENDS_TOO_MUCH);
        }
        if (length > 0) {
            ByteBuffer longer = ByteBuffer.allocate(received.remaining() + length);
            received = longer.put(received).put(input.flip()).flip();
        }
        return Optional.empty();
    }

    /** Closes the connection. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "channel did not close", e);
        }
    }

    /** Takes the connection out of the selector. */
    void unwatch() {
        key().cancel();
    }

    /** Returns the channel to its owner, once the selector has let go of it. */
    void returnTo(StreamOwner owner) {
        try {
            channel.socket().configureBlocking(true);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "channel cannot be handed back", e);
            owner.closed();
            return;
        }
        try {
            owner.channelReturned(channel, received);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "owner did not take its channel back: " + e, e);
        }
    }
}
