package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.publish.DecisionSequence;
import java.util.function.Consumer;

/**
 * Where the streams of one fan-out thread take messages: from the ring of their group, or from a page of a replay. Finds out who has
 * fallen behind. That thread alone calls it.
 */
final class MessageSource {
    private final DecisionSequence calls;
    private final Losses losses;
    /** Whether a stream that has fallen behind reads the log, instead of losing messages. */
    private final boolean readsLog;
    private final Runnable arrive;
    private Ring takenRing;
    private long takenFrom;
    private long takenTo;
    private int takers;

    /**
     * The source of a fan-out thread's streams.
     *
     * @param arrive puts all that has been published up to now into the rings
     */
    MessageSource(DecisionSequence calls, Losses losses, boolean readsLog, Runnable arrive) {
        this.calls = calls;
        this.losses = losses;
        this.readsLog = readsLog;
        this.arrive = arrive;
    }

    /**
     * Takes messages for a stream: of the page of its replay, or of the ring what it has not had in the replay of {@code catchup}.
     *
     * @param max the number of messages to stop after
     * @param maxBytes the size of messages to stop after
     */
    void take(Stream stream, int max, long maxBytes, Consumer<Entry> taker) {
        if (stream.replay != null) {
            takeOfReplay(stream, max, maxBytes, taker);
            return;
        }
        if (stream.overlapsReplay()) {
            stream.limitOverlap(calls, arrive);
        }
        Ring ring = stream.ring;
        int left = max;
        long bytesLeft = maxBytes;
        while (stream.left() > 0 && left > 0 && bytesLeft > 0 && skipLost(stream)) {
            long end = stream.cursor;
            Entry last = null;
            while (end < stream.end() && left > 0 && bytesLeft > 0) {
                Entry entry = ring.get(end);
                if (entry == null) {
                    break;
                }
                if (stream.wasReplayed(entry, end)) {
                    entry.skipped();
                } else {
                    taker.accept(entry);
                    left--;
                    bytesLeft -= entry.frame.length;
                    if (!entry.notice) {
                        stream.arrivedBehindSeen();
                    }
                }
                last = entry;
                end++;
            }
            if (last != null) {
                taken(stream, end, last); // at once, so that streams that take the same are counted together
            }
        }
        if (stream.left() <= 0) {
            stream.caughtUp();
        }
        if (stream.overlapsReplay()) {
            stream.limitOverlap(calls, arrive);
        }
    }

    private void takeOfReplay(Stream stream, int max, long maxBytes, Consumer<Entry> taker) {
        int left = max;
        long bytesLeft = maxBytes;
        while (stream.replay.pending() > 0 && left > 0 && bytesLeft > 0) {
            Entry entry = takeOfReplay(stream);
            taker.accept(entry);
            left--;
            bytesLeft -= entry.frame.length;
        }
    }

    /** Takes the next message of the page that a stream has of its replay. */
    Entry takeOfReplay(Stream stream) {
        Entry entry = stream.replay.take();
        stream.place.taken(entry);
        return entry;
    }

    /** Moves the stream past what it has lost, and counts that. False if it reads the log instead. */
    boolean skipLost(Stream stream) {
        Ring ring = stream.ring;
        if (stream.renumberedLoss() == 0 && ring.get(stream.cursor) != null) {
            return true;
        }
        if (readsLog) {
            stream.fellBehind = true;
            return false;
        }
        long from = stream.cursor;
        long next = from;
        while (next < stream.end() && ring.get(next) == null) {
            next++;
        }
        settle();
        ring.taken(from, next, 1);
        stream.cursor = next;
        long renumbered = stream.takeRenumberedLoss();
        losses.lost(stream, next - from + renumbered, ring.lostFrom(from - renumbered));
        return true;
    }

    /** A stream has taken all up to this message of its ring, the last of them being this. */
    void taken(Stream stream, long end, Entry last) {
        Ring ring = stream.ring;
        if (takenFrom != stream.cursor || takenTo != end || takenRing != ring) {
            settle();
            takenRing = ring;
            takenFrom = stream.cursor;
            takenTo = end;
        }
        takers++;
        if (stream.place != null) {
            Entry message = last.notice ? lastMessage(ring, stream.cursor, end) : last;
            if (message != null) {
                stream.place.taken(message);
            }
        }
        stream.cursor = end;
    }

    /** The last one of a run that is no notice, or null. */
    private static Entry lastMessage(Ring ring, long from, long end) {
        for (long sequence = end - 1; sequence >= from; sequence--) {
            Entry entry = ring.get(sequence);
            if (entry != null && !entry.notice) {
                return entry;
            }
        }
        return null;
    }

    /** Reports to the ring what has been taken so far. To be called after a round of writes. */
    void settle() {
        if (takers > 0) {
            takenRing.delivered(takenFrom, takenTo, takers);
            takenRing.trim();
            takers = 0;
        }
        takenRing = null;
    }

    /** How many messages were published for a stream that it has not been sent, as far as that is known. */
    long untaken(Stream stream) {
        if (stream.ending != null && stream.ending.undecided() > 0) {
            return stream.pendingMessages() + stream.ending.undecided();
        }
        long untaken = (long) stream.pendingMessages() + stream.inHook;
        if (!stream.grouped) {
            return untaken;
        }
        if (stream.replay != null) {
            untaken += stream.replay.pending();
        }
        Ring ring = stream.ring;
        untaken += stream.left() + stream.renumberedLoss();
        if (stream.overlapsReplay()) {
            for (long sequence = Math.max(stream.cursor, ring.oldest()); sequence < stream.end(); sequence++) {
                Entry entry = ring.get(sequence);
                if (entry != null && stream.wasReplayed(entry, sequence)) {
                    untaken--;
                }
            }
        }
        return untaken;
    }
}
