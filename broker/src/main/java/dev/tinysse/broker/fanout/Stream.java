package dev.tinysse.broker.fanout;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.counters.FanOutFigures;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.Interest;
import dev.tinysse.broker.dispatch.Joining;
import dev.tinysse.broker.dispatch.PublishCalls;
import dev.tinysse.broker.log.Hole;
import dev.tinysse.broker.replay.Replay;
import dev.tinysse.broker.replay.ReplayOverlap;
import dev.tinysse.broker.stream.ClientName;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * One subscriber's stream: where it is in the ring of its group, and what is still to be written before it continues there. Only the
 * stream's fan-out thread may touch it.
 */
public final class Stream extends DeadlineWheel.Deadline implements Joining {
    static final ByteBuffer NO_INPUT = ByteBuffer.allocate(0);

    enum State {
        /** Catching up: messages stay in the ring until the replay is there. */
        REPLAYING,
        /** Gets what is published. */
        LIVE,
        /** Its last bytes are being written; nothing is added to them. */
        ENDING,
        /** The channel is closed or handed back. */
        ENDED
    }

    public final Subscription subscription;
    final StreamChannel channel;
    final StreamOwner owner;
    final long opened;
    /** Its number in this run of the server. */
    final long number;
    /** Whether messages come as JSON that names their channel. */
    public final boolean inEnvelopes;
    /** What compresses it; null if it is sent as it is. To be set before the stream is adopted. */
    StreamCompression.Encoder compression;

    /** The channels it asks for; set when it joins. */
    Interest interest;
    /** What is published for those who ask for the same; set when it has arrived at its fan-out thread. */
    Ring ring;
    /** Its place in the group of those who ask for the same. */
    int groupIndex;
    /** Whether it waits for the {@code message} hook to be asked, without its group. */
    boolean waiting;
    /** The position up to which everything has been sent that is for it. */
    long position;
    /** The id of the last message that it was sent, if that had one. */
    Optional<String> lastId = Optional.empty();
    /** The mark up to which its client knows of gaps. */
    long known;
    /** Its way through the log, or null: then it goes on in the ring. */
    Replay replay;
    /** Whether it has to read the log again, since its next message is no longer in the ring. */
    boolean fellBehind;

    /** What did not come to it, and it has neither read nor been told. */
    Hole missed;

    State state = State.REPLAYING;
    /** Why it is {@link State#ENDING}. */
    EndReason endReason = EndReason.STOP;
    SelectionKey key;
    /** Its place in the {@link StreamTable}. */
    int index;
    /** The next message of the ring to take. */
    long cursor;
    /** Messages lost for having been too far behind. */
    long lost;
    /** Whether it is losing messages: one line of the log for a burst. */
    boolean lagging;
    long lastWrite;
    /** Since when the client takes no byte; meaningful while {@link #stalled}. */
    long stalledSince;
    boolean stalled;
    /** Whether what is published is for it. */
    boolean joined = true;
    /** How many messages of this stream are on their way through the {@code message} hook. */
    int inHook;
    /** Whether {@code catchup} has returned, so that {@code unsubscribe} may follow. */
    boolean replayed;
    /** Whether {@code unsubscribe} has been called, or need not be. */
    boolean unsubscribed;
    /** Bytes that {@link HeldFrames} has counted. */
    long held;
    /** Whether the {@code timeout} hook has been asked. */
    boolean timeUp;
    /** Whether it ends at a time that is set, and has not been ended for that. */
    boolean expiring;
    /** That time; meaningful while {@link #expiring}. */
    long expires;
    /** The bytes that a client sends on a stream: the beginning of its next request on the connection. */
    ByteBuffer received = NO_INPUT;

    /** How many messages have been written whole. */
    long messages;
    /** How many of them were a replay. */
    long replayedMessages;
    /** How many bytes have been written. */
    long bytes;

    /** What of the ring its client may have seen already; null once that cannot be. */
    private ReplayOverlap overlap;
    /** The client has seen messages up to this position, of which this server may hear later: they are not for it. */
    private long seenPosition;
    /** Messages that went while those of the ring got new numbers. */
    long renumberedLoss;
    private final Deque<byte[]> output = new ArrayDeque<>(2);
    private int written;
    /** How many frames have been written whole. */
    private long framesWritten;
    /** The number of the latest frame that is no message. At most one such frame is waiting at a time. */
    private long control = -1;
    /** The notices that wait, if there ever were some. */
    private Deque<Notice> notices;
    /** Messages in the frames before this one are a replay. */
    private long replayFrames;

    /** A frame in the place of a message, which may tell of a gap. */
    private record Notice(long frame, Optional<GapReason> gap) {}

    public Stream(long number, Subscription subscription, StreamChannel channel, StreamOwner owner, boolean inEnvelopes,
            long now) {
        this.number = number;
        this.subscription = subscription;
        this.channel = channel;
        this.owner = owner;
        this.inEnvelopes = inEnvelopes;
        this.opened = now;
        this.lastWrite = now;
    }

    /** Ends the stream at this time, by the clock of streams. To be set before the stream is adopted. */
    public void expireAt(long nanoTime) {
        expiring = true;
        expires = nanoTime;
    }

    /** Compresses what is sent. To be set before the stream is adopted. */
    public void compressWith(StreamCompression.Encoder encoder) {
        compression = encoder;
    }

    @Override
    public void joined(Interest with, long latest) {
        interest = with;
        position = latest;
    }

    /** Who it is sent to, for the log. */
    String client() {
        return ClientName.of(owner, channel);
    }

    /** Whether the stream is free to take a message. */
    boolean canTake() {
        return state == State.LIVE && !stalled && inHook == 0 && output.isEmpty();
    }

    /** The stream has been sent the replay with these ids, which may know of {@code publish} calls up to this one. */
    void replayed(Set<String> ids, long latestCall) {
        overlap = new ReplayOverlap(ids, latestCall);
    }

    /** Whether messages that are in the ring, or still to come, may have been in the replay. */
    boolean overlapsReplay() {
        return overlap != null || seenPosition > 0;
    }

    /** The client has seen all up to a position that has not arrived here yet. */
    void skipUpTo(long position) {
        seenPosition = position;
    }

    /** Whether a message that arrives is one that the client has seen elsewhere; those behind the first that is not are not either. */
    boolean wasSeen(Entry entry) {
        return entry.position <= seenPosition && !entry.notice;
    }

    /** A message has arrived that the client has not seen elsewhere. */
    void arrivedBehindSeen() {
        seenPosition = 0;
    }

    /** Finds the end of the overlap, once that can be known, and drops it when the stream has reached that. */
    void limitOverlap(PublishCalls calls, Runnable arrive) {
        if (overlap == null || overlap.isEmpty()) {
            overlap = null;
            return;
        }
        if (!overlap.hasEnd() && calls.allClosed(overlap.latestCall())) {
            arrive.run(); // what those calls have published is in the ring
            overlap.endBefore(ring.head());
        }
        if (overlap.isBehind(cursor)) {
            overlap = null;
        }
    }

    /** Whether the replay had this message of the ring already, or the client even before. */
    boolean wasReplayed(Entry entry, long sequence) {
        return wasSeen(entry) || overlap != null && overlap.contains(entry, sequence);
    }

    /** Finds the message in the ring that the client has seen last: what began to be published before, it has seen, too. */
    void skipSeen(String lastEventId) {
        for (long sequence = cursor; sequence < ring.head(); sequence++) {
            Entry entry = ring.get(sequence);
            if (entry != null && entry.id.filter(lastEventId::equals).isPresent()) {
                overlap.seen(entry, sequence);
            }
        }
    }

    /** The messages of the ring have new numbers; some that it has not taken are gone. */
    void renumber(LongUnaryOperator numbers) {
        long moved = numbers.applyAsLong(cursor);
        renumberedLoss += moved - cursor;
        cursor = moved;
        if (overlap != null) {
            overlap.renumber(numbers);
        }
    }

    /** The bytes to send for a frame that is for this stream alone, and is sent. */
    byte[] own(byte[] frame) {
        return compression == null ? frame : compression.append(frame);
    }

    /** The bytes to send first. */
    byte[] begin(byte[] head) {
        if (compression == null) {
            return head;
        }
        byte[] begin = compression.begin();
        byte[] all = Arrays.copyOf(head, head.length + begin.length);
        System.arraycopy(begin, 0, all, head.length, begin.length);
        return all;
    }

    /** The bytes to send last. */
    byte[] end(byte[] end) {
        return compression == null ? end : compression.end(end);
    }

    /** Queues a message for writing. */
    void add(byte[] frame) {
        output.add(frame);
    }

    /** Queues a message of a replay for writing. */
    void addReplayed(byte[] frame) {
        output.add(frame);
        replayFrames = framesWritten + output.size();
    }

    /** Queues bytes for writing that stand in the place of messages, and may tell of a gap. */
    void addNotice(byte[] frame, Optional<GapReason> gap) {
        if (notices == null) {
            notices = new ArrayDeque<>(1);
        }
        notices.add(new Notice(framesWritten + output.size(), gap));
        output.add(frame);
    }

    /** Queues bytes that are no message for writing. */
    void addControl(byte[] frame) {
        control = framesWritten + output.size();
        output.add(frame);
    }

    /** So many bytes of what has just been queued, where nothing else was waiting, have been written already. */
    void written(int length) {
        written = length;
    }

    boolean hasOutput() {
        return !output.isEmpty();
    }

    /** How many messages are waiting that have not been written whole. */
    int pendingMessages() {
        return output.size() - (control >= framesWritten ? 1 : 0);
    }

    /** How many bytes are waiting. */
    long pendingBytes() {
        long bytes = -written;
        for (byte[] frame : output) {
            bytes += frame.length;
        }
        return bytes;
    }

    /**
     * Writes as much of the waiting bytes as the client takes, through the caller's buffer.
     *
     * @return how many bytes were taken
     */
    long flush(ByteBuffer scratch, FanOutFigures figures) throws IOException {
        long all = 0;
        while (!output.isEmpty()) {
            gather(scratch.clear());
            int length = channel.write(scratch.flip());
            drop(length, figures);
            all += length;
            if (scratch.hasRemaining() || channel.pending() > 0) {
                break;
            }
        }
        return all;
    }

    private void gather(ByteBuffer scratch) {
        int skip = written;
        for (byte[] frame : output) {
            int length = Math.min(frame.length - skip, scratch.remaining());
            scratch.put(frame, skip, length);
            skip = 0;
            if (!scratch.hasRemaining()) {
                return;
            }
        }
    }

    private void drop(int length, FanOutFigures figures) {
        written += length;
        while (!output.isEmpty() && written >= output.peek().length) {
            written -= output.poll().length;
            count(framesWritten++, figures);
        }
    }

    private void count(long frame, FanOutFigures figures) {
        if (frame == control) {
            return;
        }
        if (notices != null && !notices.isEmpty() && notices.peek().frame() == frame) {
            notices.poll().gap().ifPresent(figures::gap);
            return;
        }
        messages++;
        figures.delivered(1);
        if (frame < replayFrames) {
            replayedMessages++;
            figures.replayed(1);
        }
    }
}
