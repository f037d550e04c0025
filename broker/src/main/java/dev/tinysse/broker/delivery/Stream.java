package dev.tinysse.broker.delivery;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.Interest;
import dev.tinysse.broker.dispatch.Joining;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.stream.ClientName;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * One subscriber's stream: where it is in the ring of its group, and what is still to be written before it continues there. Only the
 * stream's fan-out thread may touch it.
 *
 * <p>There may be very many that get nothing for long. What concerns few streams, or a short time, is an object of its own, and null
 * where it is not needed.
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

    /** A client accepts no data. */
    static final class Stall {
        /** Since when. */
        long since;
        /** Bytes that {@link HeldFrames} has counted meanwhile. */
        long held;

        Stall(long since) {
            this.since = since;
        }
    }

    /**
     * How it is to end.
     *
     * @param bytes what its client gets last, not compressed
     * @param upTo the end of the messages in the ring that are for it
     * @param deadline when it ends although the {@code message} hook has not decided all of them, by the clock of streams
     * @param undecided how many messages do not reach the client, because the end did not wait for them; they are lost
     */
    record Ending(EndReason reason, byte[] bytes, long upTo, long deadline, long undecided) {
        private Ending renumbered(LongUnaryOperator numbers) {
            return new Ending(reason, bytes, numbers.applyAsLong(upTo), deadline, undecided);
        }

        Ending giveUp(EndReason cause, long messages) {
            return new Ending(cause, bytes, upTo, deadline, messages);
        }
    }

    public final Subscription subscription;
    final StreamChannel channel;
    final StreamOwner owner;
    final long opened;
    /** Its number in this run of the server. */
    final long number;
    /** Whether messages come as JSON that names their channel. */
    public final boolean inEnvelopes;
    /** The compression; null if the stream is sent as it is. To be set before the stream is adopted. */
    StreamCompression.Encoder compression;
    /** Whether a comment is to mark the end of its replay, and has not been sent. */
    boolean marksReplay;
    /** When it is ended, if that is set, and it has not been ended for that; else null. */
    Long expires;

    /** The channels it asks for; set when it joins. */
    Interest interest;
    /** The ring of the streams with the same channels; set when it has arrived at its fan-out thread. */
    Ring ring;
    /** Its index in the group of streams with the same channels. */
    int groupIndex;
    /** Whether it waits for the {@code message} hook to be asked, without its group. */
    boolean waiting;
    /** Where it is in the log; null without history. */
    LogPlace place;
    /** Its way through the log, or null: then it goes on in the ring. */
    Replay replay;
    /** Whether it has to read the log again, since its next message is no longer in the ring. */
    boolean fellBehind;

    State state = State.REPLAYING;
    /** How it is to end, once it has what was published before; null as long as it goes on. */
    Ending ending;
    SelectionKey key;
    /** Its place in the {@link StreamTable}. */
    int index;
    /** The next message of the ring to take. */
    long cursor;
    long lastWrite;
    /** Null as long as the client takes bytes. */
    Stall stall;
    /** Whether what is published is for it, and it is counted. */
    boolean joined = true;
    /** Whether it takes messages of the ring of its group. */
    boolean grouped = true;
    /** How many messages of this stream are on their way through the {@code message} hook. */
    int inHook;
    /** Whether {@code catchup} has returned, so that {@code unsubscribe} may follow. */
    boolean replayed;
    /** Whether {@code unsubscribe} has been called, or need not be. */
    boolean unsubscribed;
    /** Its time is up, and at this time it ends without a result of the hooks; null before. */
    Long latestEnd;
    /** The bytes that a client sends on a stream: the beginning of its next request on the connection. */
    ByteBuffer received = NO_INPUT;

    /** How many messages have been written whole. */
    long messages;
    /** How many bytes have been written. */
    long bytes;

    /** The messages of the ring that its client may have received already; null once that is impossible. */
    private ReplayOverlap overlap;
    /** The messages that did not arrive; null if there never was any. */
    private MissedMessages missed;
    /** The frames that wait to be written; null if there are none. */
    private FrameQueue output;

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

    /** Marks the end of the replay. To be set before the stream is adopted. */
    public void markReplay() {
        marksReplay = true;
    }

    /** Ends the stream at this time, by the clock of streams. To be set before the stream is adopted. */
    public void expireAt(long nanoTime) {
        expires = nanoTime;
    }

    /** Compresses what is sent. To be set before the stream is adopted. */
    public void compressWith(StreamCompression.Encoder encoder) {
        compression = encoder;
    }

    /** Remembers where the stream is in the log, so that it can read there. To be set before the stream joins. */
    public void followLog(String epoch) {
        place = new LogPlace(epoch);
    }

    @Override
    public void joined(Interest with, long latest) {
        interest = with;
        if (place != null) {
            place.reached(latest);
        }
    }

    /** The client, for the log. */
    String client() {
        return ClientName.of(owner, channel);
    }

    boolean isStalled() {
        return stall != null;
    }

    /** Whether the stream is free to take a message. */
    boolean canTake() {
        return state == State.LIVE && stall == null && inHook == 0 && output == null;
    }

    /** The stream has been sent the replay with these ids, which may know of {@code publish} calls up to this one. */
    void replayed(Set<String> ids, long latestCall) {
        overlap = new ReplayOverlap(ids, latestCall);
    }

    /** Whether messages that are in the ring, or still to come, may have been in the replay. */
    boolean overlapsReplay() {
        return overlap != null || place != null && place.hasSeenAhead();
    }

    /** A message has arrived that the client has not seen elsewhere. */
    void arrivedBehindSeen() {
        if (place != null) {
            place.arrivedBehindSeen();
        }
    }

    /** Finds the end of the overlap, once that can be known, and drops it when the stream has reached that. */
    void limitOverlap(DecisionSequence calls, Runnable arrive) {
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
        return place != null && place.wasSeen(entry) || overlap != null && overlap.contains(entry, sequence);
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

    /** Whether its time is up, and the {@code timeout} hook has not returned. */
    boolean waitsForTimeoutHook() {
        return latestEnd != null && ending == null;
    }

    /** Whether it is to end, and waits for the {@code message} hook to decide what was published before. */
    boolean waitsToEnd() {
        return ending != null && state == State.LIVE;
    }

    /** The same, and for too long. */
    boolean isEndingLate(long now) {
        return waitsToEnd() && now - ending.deadline() >= 0;
    }

    /** The messages of the ring have new numbers; some that it has not taken are gone. */
    void renumber(LongUnaryOperator numbers) {
        long moved = numbers.applyAsLong(cursor);
        if (moved != cursor) {
            missed().renumbered(moved - cursor);
            cursor = moved;
        }
        if (overlap != null) {
            overlap.renumber(numbers);
        }
        if (ending != null) {
            ending = ending.renumbered(numbers);
        }
    }

    /** The end of the messages of the ring that are for it. */
    long end() {
        return ending == null ? ring.head() : ending.upTo();
    }

    /** How many more messages of the ring are for it. */
    long left() {
        return end() - cursor;
    }

    /** The messages that did not arrive, to add to. */
    MissedMessages missed() {
        if (missed == null) {
            missed = new MissedMessages();
        }
        return missed;
    }

    /** Whether it has lost messages that it neither reads nor has reported in a gap. */
    boolean hasMissed() {
        return missed != null && missed.hasHole();
    }

    /** How many messages went while those of the ring got new numbers, and are not counted as lost. */
    long renumberedLoss() {
        return missed == null ? 0 : missed.renumbered();
    }

    /** The same, once: they are going to be counted, or read again. */
    long takeRenumberedLoss() {
        return missed == null ? 0 : missed.takeRenumbered();
    }

    /** How many messages were lost for having been too far behind. */
    long lost() {
        return missed == null ? 0 : missed.lost();
    }

    /** It has all that there is: what it loses later is another burst. */
    void caughtUp() {
        if (missed != null) {
            missed.caughtUp();
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

    /** The frames that wait to be written, to add to. */
    FrameQueue output() {
        if (output == null) {
            output = new FrameQueue();
        }
        return output;
    }

    boolean hasOutput() {
        return output != null;
    }

    /** How many messages are waiting that have not been written whole. */
    int pendingMessages() {
        return output == null ? 0 : output.messages();
    }

    /** How many bytes are waiting. */
    long pendingBytes() {
        return output == null ? 0 : output.bytes();
    }

    /**
     * Writes as much of the waiting bytes as the client takes, through the caller's buffer.
     *
     * @return how many bytes were taken
     */
    long flush(ByteBuffer scratch, DeliveryFigures figures) throws IOException {
        long all = 0;
        while (output != null) {
            output.copyTo(scratch.clear());
            int length = channel.write(scratch.flip());
            messages += output.remove(length, figures);
            if (output.isEmpty()) {
                output = null;
            }
            all += length;
            if (scratch.hasRemaining() || channel.pending() > 0) {
                break;
            }
        }
        return all;
    }
}
