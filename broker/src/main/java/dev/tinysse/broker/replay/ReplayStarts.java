package dev.tinysse.broker.replay;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamStart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds where in the log a stream begins, from what its client says that it has seen. Safe for any thread; may block. */
public final class ReplayStarts {
    private final EventLog log;

    public ReplayStarts(EventLog log) {
        this.log = log;
    }

    /**
     * Where a stream begins.
     *
     * @param lastEventId what the client has seen last; an empty one is none
     * @param history what a client without an id asks for
     * @return the start; empty if nothing is to be read
     */
    public Optional<ReplayStart> find(ChannelSet channels, Optional<String> lastEventId,
            StreamStart.FromHistory history)
            throws LogException {
        Optional<String> id = lastEventId.filter(text -> !text.isEmpty());
        if (id.isPresent()) {
            return Optional.of(behind(channels, id.get()));
        }
        return switch (history) {
            case StreamStart.FromHistory.Nothing() -> Optional.empty();
            case StreamStart.FromHistory.Since(var age) -> Optional.of(whole(channels,
                    age.map(past -> Math.max(0, Positions.ofMillis(log.clock().millis() - past.toMillis()) - 1))
                            .orElse(0L)));
            case StreamStart.FromHistory.Last(int count) ->
                Optional.of(whole(channels, log.startOfLast(channels, count)));
        };
    }

    private ReplayStart whole(ChannelSet channels, long after) throws LogException {
        return new ReplayStart(after, log.dropped(channels, after, 0).mark(), Optional.empty());
    }

    private ReplayStart behind(ChannelSet channels, String text) throws LogException {
        Optional<EventId> own = EventId.parse(text);
        if (own.isPresent()) {
            EventId id = own.get();
            if (log.hasEpoch(id.epoch())) {
                return ofThisEpoch(channels, text, id);
            }
            if (log.hadEpoch(id.epoch())) {
                return fromTheBeginning(channels, text, GapReason.EPOCH);
            }
        }
        return ofPublisher(channels, text);
    }

    private ReplayStart ofPublisher(ChannelSet channels, String text) throws LogException {
        OptionalLong position = log.find(channels, text);
        return position.isPresent()
                ? behind(channels, text, position.getAsLong(), 0)
                : fromTheBeginning(channels, text, GapReason.UNKNOWN);
    }

    /** An id of a message that is in none of the channels tells nothing, and nothing is told of it. */
    private ReplayStart ofThisEpoch(ChannelSet channels, String text, EventId id) throws LogException {
        if (id.known() > 0 || id.position() == 0) { // of a gap
            return behind(channels, text, id.position(), id.known(channels));
        }
        long position = id.position();
        boolean isThere = position > 0 && !log.read(new LogRange(channels, position - 1, position, 1, 1)).records()
                .isEmpty();
        if (isThere || !log.dropped(channels, position - 1, 0).isEmpty()) {
            return behind(channels, text, position, 0);
        }
        return ofPublisher(channels, text); // who may have sent on a message of another channel, with its id
    }

    private ReplayStart behind(ChannelSet channels, String text, long position, long known) throws LogException {
        Dropped dropped = log.dropped(channels, position, known);
        return dropped.isEmpty()
                ? new ReplayStart(position, dropped.mark(), Optional.empty())
                : start(channels, text, position, dropped.mark(), GapReason.EXPIRED, dropped.channels());
    }

    private ReplayStart fromTheBeginning(ChannelSet channels, String text, GapReason reason) throws LogException {
        Dropped dropped = log.dropped(channels, 0, 0);
        return start(channels, text, 0, dropped.mark(), reason, List.copyOf(channels.texts()));
    }

    private ReplayStart start(ChannelSet asked, String text, long position, long mark, GapReason reason,
            List<String> concerned) {
        EventId id = EventId.ofGap(log.epoch(), position, mark, asked);
        return new ReplayStart(position, mark,
                Optional.of(new Gap(Optional.of(id.toString()), Optional.of(text), reason, concerned)));
    }
}
