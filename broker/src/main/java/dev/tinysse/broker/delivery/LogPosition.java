package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.replay.ReplayStart;
import java.util.Optional;

/** The position of a subscriber in the log, from which it can read on. For its delivery thread alone. */
class LogPosition {
    /** Of every subscriber without history, in no log. Safe for any thread, for it has no state that changes. */
    static final LogPosition NONE = new None();

    /** Stays where it is, and has nothing to read. */
    private static final class None extends LogPosition {
        None() {
            super(EventId.NO_EPOCH);
        }

        @Override
        void reached(long position) {}

        @Override
        void taken(Entry message) {}

        @Override
        void arrivedBehindSeen() {}
    }

    private String epoch;
    private long position;
    private Optional<String> lastId = Optional.empty();
    private long known;
    /** The client has seen messages up to this position, of which this server may hear later: they are not for it. */
    private long seenPosition;

    /** The beginning of a log that has this epoch. */
    LogPosition(String epoch) {
        this.epoch = epoch;
    }

    /**
     * The epoch that the client knows of: ids of a later one would hide from it what went between.
     *
     * @param present the epoch of the log, in case it was not known when the stream joined
     */
    String epoch(String present) {
        if (epoch.equals(EventId.NO_EPOCH)) {
            epoch = present;
        }
        return epoch;
    }

    /** {@return the position up to which everything has been sent that is for the stream} */
    long position() {
        return position;
    }

    /** {@return the id of the last message that the stream was sent, if that had one} */
    Optional<String> lastId() {
        return lastId;
    }

    /** {@return the loss watermark that the client knows} */
    long known() {
        return known;
    }

    /** The stream resumes: the id is the last one of its client. */
    void set(ReplayStart start, Optional<String> id) {
        position = start.after();
        known = start.known();
        epoch = start.epoch();
        lastId = id;
    }

    /** A gap with this id has reported to the client that a new epoch has begun, and that messages before a watermark may be lost. */
    void told(String begun, long mark, String id) {
        epoch = begun;
        known = mark;
        lastId = Optional.of(id);
    }

    /** Nothing up to a position is for the stream, but what it has been sent. */
    void reached(long position) {
        this.position = position;
    }

    /** The client has received all gaps up to a watermark. */
    void told(long mark) {
        known = mark;
    }

    /** The stream has taken a message, and all before it. What its client has seen elsewhere changes nothing. */
    void taken(Entry message) {
        if (!wasSeen(message)) {
            position = message.position;
            lastId = message.id;
        }
    }

    /** The client has seen all up to a position that has not arrived here yet. */
    void skipUpTo(long position) {
        seenPosition = position;
    }

    /** {@return whether the client may have seen messages that have not arrived here yet} */
    boolean hasSeenAhead() {
        return seenPosition > 0;
    }

    /** {@return whether a message that arrives is one that the client has seen elsewhere; behind the first that is not none is} */
    boolean wasSeen(Entry entry) {
        return entry.position <= seenPosition && !entry.notice;
    }

    /** A message has arrived that the client has not seen elsewhere. */
    void arrivedBehindSeen() {
        seenPosition = 0;
    }
}
