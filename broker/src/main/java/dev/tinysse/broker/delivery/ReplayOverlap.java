package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.publish.DecisionSequence;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/**
 * The messages in its ring that a client that resumes may have received already: they were in the result of {@code catchup}, or came
 * before. The stream's fan-out thread alone touches it.
 */
final class ReplayOverlap {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final Set<String> ids;
    private final long latestCall;
    /** The client received the publications of calls up to this one before it resumed. */
    private long seenCall;
    /** The message of the ring that the client has seen last: those before it were accepted earlier, and seen, too. */
    private long seenMessage;
    /** From this number on messages of the ring are new to the client. */
    private long end = UNKNOWN;

    /**
     * The overlap with a replay.
     *
     * @param ids of the messages in the replay
     * @param latestCall the latest {@code publish} call of which the replay may know
     */
    public ReplayOverlap(Set<String> ids, long latestCall) {
        this.ids = ids;
        this.latestCall = latestCall;
    }

    /** {@return the latest {@code publish} call of which the replay may know} */
    public long latestCall() {
        return latestCall;
    }

    /** {@return whether no message can be meant} */
    public boolean isEmpty() {
        return ids.isEmpty() && seenCall == 0;
    }

    /** {@return whether it is known where the overlap ends} */
    public boolean hasEnd() {
        return end != UNKNOWN;
    }

    /** The message with this number is new to the client, and all behind it. */
    public void endBefore(long sequence) {
        end = sequence;
    }

    /** {@return whether a stream that takes this message next has the overlap behind it} */
    public boolean isBehind(long sequence) {
        return sequence >= end;
    }

    /** This message of the ring is the last that the client has seen. */
    public void seen(Entry entry, long sequence) {
        seenCall = Math.max(seenCall, DecisionSequence.number(entry.publication));
        seenMessage = sequence;
    }

    /** {@return whether the client has seen this message of the ring} */
    public boolean contains(Entry entry, long sequence) {
        if (isEmpty() || sequence >= end) {
            return false;
        }
        long call = DecisionSequence.number(entry.publication);
        return call > 0 && (call <= seenCall || sequence < seenMessage)
                || entry.publication.message().id().filter(ids::contains).isPresent();
    }

    /** The messages of the ring have new numbers. */
    public void renumber(LongUnaryOperator numbers) {
        seenMessage = numbers.applyAsLong(seenMessage);
        end = numbers.applyAsLong(end);
    }
}
