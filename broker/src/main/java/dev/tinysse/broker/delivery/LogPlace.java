package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.replay.ReplayStart;
import java.util.Optional;

/** Where a stream is in a log that it can go back to. The stream's fan-out thread alone touches it. */
final class LogPlace {
    private String epoch;
    private long position;
    private Optional<String> lastId = Optional.empty();
    private long known;
    /** The client has seen messages up to this position, of which this server may hear later: they are not for it. */
    private long seenPosition;

    /** The beginning of a log that has this epoch. */
    public LogPlace(String epoch) {
        this.epoch = epoch;
    }

    /**
     * The epoch that the client knows of: ids of a later one would hide from it what went between.
     *
     * @param present the epoch of the log, in case it was not known when the stream joined
     */
    public String epoch(String present) {
        if (epoch.equals(EventId.NO_EPOCH)) {
            epoch = present;
        }
        return epoch;
    }

    /** {@return the position up to which everything has been sent that is for the stream} */
    public long position() {
        return position;
    }

    /** {@return the id of the last message that the stream was sent, if that had one} */
    public Optional<String> lastId() {
        return lastId;
    }

    /** {@return the mark up to which the client knows of gaps} */
    public long known() {
        return known;
    }

    /** The stream resumes: the id is the last one of its client. */
    public void set(ReplayStart start, Optional<String> id) {
        position = start.after();
        known = start.known();
        epoch = start.epoch();
        lastId = id;
    }

    /** A gap with this id has reported to the client that a new epoch has begun, and that messages before a watermark may be lost. */
    public void told(String begun, long mark, String id) {
        epoch = begun;
        known = mark;
        lastId = Optional.of(id);
    }

    /** Nothing up to a position is for the stream, but what it has been sent. */
    public void reached(long position) {
        this.position = position;
    }

    /** The client has received all gaps up to a watermark. */
    public void told(long mark) {
        known = mark;
    }

    /** The stream has taken a message, and all before it. What its client has seen elsewhere changes nothing. */
    public void taken(Entry message) {
        if (!wasSeen(message)) {
            position = message.position;
            lastId = message.id;
        }
    }

    /** The client has seen all up to a position that has not arrived here yet. */
    public void skipUpTo(long position) {
        seenPosition = position;
    }

    /** {@return whether the client may have seen messages that have not arrived here yet} */
    public boolean hasSeenAhead() {
        return seenPosition > 0;
    }

    /** {@return whether a message that arrives is one that the client has seen elsewhere; behind the first that is not none is} */
    public boolean wasSeen(Entry entry) {
        return entry.position <= seenPosition && !entry.notice;
    }

    /** A message has arrived that the client has not seen elsewhere. */
    public void arrivedBehindSeen() {
        seenPosition = 0;
    }
}
