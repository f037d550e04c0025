package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.QueuedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The messages that some stream of a {@link SubscriberGroup} has not taken, by a sequence number of the ring's own. It grows as needed,
 * and lets go of what all streams have taken, and of what has {@linkplain QueuedEntry#isExpired expired}. One thread only.
 */
final class Ring {
    private static final int FIRST_SLOTS = 8;
    /** More than this many are given back when nothing is left in them. */
    private static final int MANY_SLOTS = 1024;

    private final Map<String, Long> expired = new HashMap<>();
    private QueuedEntry[] slots = new QueuedEntry[FIRST_SLOTS];
    private long oldest;
    private long head;
    /** Streams that have been sent the same messages one after the other, and are not counted yet. */
    private int streams;
    private long from;
    private long to;

    /** The sequence number that the next message will have. */
    long head() {
        return head;
    }

    /** The oldest message that is still there, or the head if there is none. */
    long oldest() {
        return oldest;
    }

    /** The message with this number, which is below the head; null if it has expired, or is gone. */
    @Nullable
    QueuedEntry get(long sequence) {
        if (sequence < oldest) {
            return null;
        }
        QueuedEntry entry = slots[slot(sequence)];
        return entry.isExpired() ? null : entry;
    }

    void add(QueuedEntry entry) {
        settle();
        if (head - oldest == slots.length) {
            grow();
        }
        slots[slot(head)] = entry;
        head++;
    }

    /** Lets go of the oldest messages that all have taken, or that have expired. */
    void trim() {
        boolean taken = false;
        while (oldest < head) {
            QueuedEntry entry = slots[slot(oldest)];
            taken = entry.isTakenByAll();
            if (!taken) {
                if (!entry.isExpired()) {
                    return;
                }
                expire(entry, oldest);
            }
            slots[slot(oldest)] = null;
            oldest++;
        }
        if (taken) { // no stream is behind what has expired
            expired.clear();
        }
        if (slots.length > MANY_SLOTS) {
            slots = new QueuedEntry[FIRST_SLOTS];
        }
    }

    /** One stream has taken the messages of a range without being sent them. Those that are gone are ignored. */
    void taken(long first, long end) {
        settle();
        for (long sequence = Math.max(first, oldest); sequence < end; sequence++) {
            slots[slot(sequence)].taken(1);
        }
    }

    /** One more stream has been sent the messages of a range, which counts with the next {@link #settle} at the latest. */
    void delivered(long first, long end) {
        if (from != first || to != end) {
            settle();
            from = first;
            to = end;
        }
        streams++;
    }

    /** Counts what streams have been sent so far. To be called after a round of writes. */
    void settle() {
        if (streams > 0) {
            for (long sequence = Math.max(from, oldest); sequence < to; sequence++) {
                slots[slot(sequence)].delivered(streams);
            }
            streams = 0;
            trim();
        }
    }

    /** The {@linkplain QueuedEntry#weight() weight} of all messages from this number on. */
    long weightFrom(long sequence) {
        long weight = 0;
        for (long next = Math.max(sequence, oldest); next < head; next++) {
            weight += slots[slot(next)].weight();
        }
        return weight;
    }

    /** Whether it is much larger than what can be in it, so that most of it has expired behind an older message. */
    boolean isSparse() {
        int size = (int) (head - oldest);
        if (size < slots.length || size < MANY_SLOTS) {
            return false;
        }
        int expired = 0;
        for (long sequence = oldest; sequence < head; sequence++) {
            expired += slots[slot(sequence)].isExpired() ? 1 : 0;
        }
        return expired > size / 2;
    }

    /**
     * Removes what has expired, wherever it is, so that the rest has new numbers below the same head.
     *
     * @return the new number for an old one: that of the first message from it on that is left
     */
    LongUnaryOperator compact() {
        QueuedEntry[] left = new QueuedEntry[slots.length];
        long[] numbers = new long[(int) (head - oldest)];
        long first = oldest;
        long to = head;
        for (long sequence = head - 1; sequence >= first; sequence--) {
            QueuedEntry entry = slots[slot(sequence)];
            if (entry.isExpired()) {
                expire(entry, to - 1);
            } else {
                left[slot(--to)] = entry;
            }
            numbers[(int) (sequence - first)] = to;
        }
        slots = left;
        oldest = to;
        long end = head;
        return old -> old >= end ? old : numbers[(int) Math.max(0, old - first)];
    }

    /** The channels that have lost messages from this number on, which some stream had not taken; sorted. */
    List<String> lostFrom(long sequence) {
        return expired.entrySet().stream().filter(lost -> lost.getValue() >= sequence).map(Map.Entry::getKey).sorted()
                .toList();
    }

    private void expire(QueuedEntry entry, long sequence) {
        entry.expire();
        expired.merge(entry.channel(), sequence, Math::max);
    }

    private void grow() {
        QueuedEntry[] larger = new QueuedEntry[2 * slots.length];
        for (long sequence = oldest; sequence < head; sequence++) {
            larger[(int) (sequence & larger.length - 1)] = slots[slot(sequence)];
        }
        slots = larger;
    }

    private int slot(long sequence) {
        return (int) (sequence & slots.length - 1);
    }
}
