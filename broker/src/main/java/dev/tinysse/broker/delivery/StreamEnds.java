package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.StreamEnding;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends the streams of one fan-out thread: removes them everywhere, counts what was lost with them, gives the reason in the
 * log, and tells owners and hooks. That thread alone calls it.
 */
final class StreamEnds {
    private static final Logger LOG = System.getLogger("tinysse");

    private final StreamTable table;
    private final StreamClock clock;
    private final StreamGroups groups;
    private final MessageSource source;
    private final HeldFrames held;
    private final ReturningChannels returning;
    private final BrokerParts parts;
    private final DeliveryFigures figures;

    StreamEnds(StreamTable table, StreamClock clock, StreamGroups groups, MessageSource source, HeldFrames held,
            ReturningChannels returning, BrokerParts parts, DeliveryFigures figures) {
        this.table = table;
        this.clock = clock;
        this.groups = groups;
        this.source = source;
        this.held = held;
        this.returning = returning;
        this.parts = parts;
        this.figures = figures;
    }

    /** Closes the channel. Does nothing to a stream that has ended. */
    void close(Stream stream, EndReason reason) {
        if (stream.state == Stream.State.ENDED) {
            return;
        }
        try {
            end(stream, reason);
        } finally {
            closeChannel(stream);
        }
    }

    /** Returns the channel to the owner. */
    void release(Stream stream, EndReason reason) {
        if (stream.state == Stream.State.ENDED) {
            return;
        }
        try {
            end(stream, reason);
        } finally {
            returning.add(stream);
        }
    }

    /** Closes the streams that are left. */
    void closeAll() {
        while (table.size() > 0) {
            close(table.get(table.size() - 1), EndReason.STOP_UNFINISHED);
        }
    }

    /** While frames made for single clients hold too much memory, closes the stream that stalled first. */
    void cutOffHolders() {
        while (held.isExceeded()) {
            Stream first = null;
            for (int i = 0; i < table.size(); i++) {
                Stream stream = table.get(i);
                if (stream.isStalled() && stream.stall.held > 0
                        && (first == null || stream.stall.since - first.stall.since < 0)) {
                    first = stream;
                }
            }
            close(first, EndReason.MEMORY_LIMIT);
        }
    }

    /** A stream is not counted any more, and what is published from now on is not for it. It may take what was published before. */
    void depart(Stream stream) {
        if (stream.joined) {
            stream.joined = false;
            groups.depart(stream);
            if (parts.presence().isPresent()) {
                parts.presence().get().ended(stream.subscription);
            }
        }
    }

    /** Removes a stream from its group: it takes no more messages. */
    void leave(Stream stream) {
        if (stream.grouped) {
            stream.grouped = false;
            long end = stream.joined ? stream.ring.head() : stream.end();
            depart(stream);
            groups.remove(stream, end);
        }
    }

    /** How many messages that were published for a live stream the {@code message} hook has not decided. */
    long undecided(Stream stream) {
        return source.untaken(stream) - stream.pendingMessages();
    }

    /** Tells the hook that a stream is gone, once. */
    void unsubscribe(Stream stream) {
        if (!stream.unsubscribed) {
            stream.unsubscribed = true;
            parts.hooks().unsubscribe(stream.subscription);
        }
    }

    private void end(Stream stream, EndReason reason) {
        long untaken = source.untaken(stream);
        stream.state = Stream.State.ENDED;
        clock.clear(stream);
        table.remove(stream);
        held.release(stream);
        leave(stream);
        figures.closed(reason.closed);
        log(stream, reason, untaken);
        report(stream, reason, untaken);
        if (stream.replayed || reason == EndReason.STOP_UNFINISHED) { // nobody waits any longer for a replay
            unsubscribe(stream);
        }
    }

    private void log(Stream stream, EndReason reason, long untaken) {
        boolean cutOff = reason.isCutOff(untaken);
        if (cutOff) {
            parts.losses().add(untaken);
        }
        Level level = cutOff ? Level.INFO : Level.DEBUG;
        if (LOG.isLoggable(level)) {
            long age = TimeUnit.NANOSECONDS.toMillis(parts.clock().getAsLong() - stream.opened);
            LOG.log(level, "stream %s: reason=%s client=%s undelivered=%d age=%dms".formatted(
                    cutOff ? "closed" : "ended", reason, stream.client(), untaken, age));
        }
    }

    private void report(Stream stream, EndReason reason, long untaken) {
        try {
            stream.owner.ended(new StreamEnding(stream.subscription, reason.closed,
                    Duration.ofNanos(parts.clock().getAsLong() - stream.opened), stream.messages, stream.bytes,
                    stream.lost() + (reason.isCutOff(untaken) ? untaken : 0)));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "owner did not take the end of its stream: " + e, e);
        }
    }

    private void closeChannel(Stream stream) {
        try {
            stream.channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "channel did not close", e);
        } finally {
            closed(stream);
        }
    }

    private void closed(Stream stream) {
        try {
            stream.owner.closed();
        } finally {
            parts.open().end();
        }
    }
}
