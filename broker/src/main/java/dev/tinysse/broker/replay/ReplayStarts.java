package dev.tinysse.broker.replay;

import dev.tinysse.api.Channels.HistoryQuery;
import dev.tinysse.api.Channels.StoredMessage;
import dev.tinysse.api.GapReason;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.stream.StreamStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds where in the log a stream begins, from what its client says that it has seen. Safe for any thread; may block. */
public final class ReplayStarts implements History {
    private static final int PAGE_BYTES = 256 * 1024;

    private final EventLog log;

    public ReplayStarts(EventLog log) {
        this.log = log;
    }

    @Override
    public Optional<String> epoch() {
        return Optional.of(log.epoch());
    }

    @Override
    public Optional<ReplayStart> start(ChannelSet channels, Optional<String> lastEventId,
            StreamStart.FromHistory history) throws LogException {
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

    @Override
    public List<StoredMessage> find(ChannelSet channels, HistoryQuery query, long latest) throws LogException {
        long after = log.startOfLast(channels, query.last());
        if (query.sinceMillis().isPresent()) {
            long from = log.clock().millis() - query.sinceMillis().get();
            after = Math.max(after, Positions.ofMillis(from) - 1);
        }
        if (query.after().filter(id -> !id.isEmpty()).isPresent()) {
            after = Math.max(after, behind(channels, query.after().get()).after());
        }
        long upTo = latest == 0 ? log.recovered() : latest;
        List<StoredMessage> found = new ArrayList<>();
        LogPage page;
        do {
            page = log.read(new LogRange(channels, after, upTo, query.last() - found.size(), PAGE_BYTES));
            for (LogRecord message : page.records()) {
                found.add(new StoredMessage(message.publication().channel(), message.publication().message(),
                        message.time()));
                after = message.position();
            }
        } while (!page.complete() && found.size() < query.last());
        return found;
    }

    private ReplayStart whole(ChannelSet channels, long after) throws LogException {
        String epoch = log.epoch();
        return new ReplayStart(after, log.dropped(channels, after, 0).watermark(), epoch, Optional.empty());
    }

    private ReplayStart behind(ChannelSet channels, String text) throws LogException {
        Optional<EventId> own = EventId.parse(text);
        if (own.isPresent() && log.confirmEpoch(own.get())) {
            return new Asked(channels, text, own.get().epoch()).ofThisEpoch(own.get());
        }
        Asked asked = new Asked(channels, text, log.epoch());
        return own.isPresent() && log.hadEpoch(own.get().epoch())
                ? asked.ofFormerEpoch(own.get())
                : asked.ofPublisher(GapReason.UNKNOWN);
    }

    /** A client that resumes with an id, in an epoch that does not change meanwhile: the next one is reported when it is handed on. */
    private final class Asked {
        private final ChannelSet channels;
        private final String text;
        private final String epoch;

        Asked(ChannelSet channels, String text, String epoch) {
            this.channels = channels;
            this.text = text;
            this.epoch = epoch;
        }

        /** An id of a message that is in none of the channels is unknown, and the response reveals nothing about it. */
        ReplayStart ofThisEpoch(EventId id) throws LogException {
            if (id.known() > 0 || id.position() == 0) { // of a gap
                return behind(id.position(), id.known(channels));
            }
            return mayHaveHad(id.position()) ? behind(id.position(), 0) : ofPublisher(GapReason.UNKNOWN);
        }

        /** Messages that the client has received may be lost, and later ones, too. A publisher may have sent on such an id, as its own. */
        ReplayStart ofFormerEpoch(EventId id) throws LogException {
            return id.position() == 0 || mayHaveHad(id.position())
                    ? fromTheBeginning(GapReason.EPOCH)
                    : ofPublisher(GapReason.EPOCH);
        }

        /** An id that a publisher chose, perhaps that of a message of another channel; the reason is that there is no such id. */
        ReplayStart ofPublisher(GapReason otherwise) throws LogException {
            OptionalLong position = log.find(channels, text);
            return position.isPresent() ? behind(position.getAsLong(), 0) : fromTheBeginning(otherwise);
        }

        private boolean mayHaveHad(long position) throws LogException {
            return !log.read(new LogRange(channels, position - 1, position, 1, 1)).records().isEmpty()
                    || !log.dropped(channels, position - 1, 0).isEmpty();
        }

        private ReplayStart behind(long position, long known) throws LogException {
            Dropped dropped = log.dropped(channels, position, known);
            return dropped.isEmpty()
                    ? new ReplayStart(position, dropped.watermark(), epoch, Optional.empty())
                    : start(position, dropped.watermark(), GapReason.EXPIRED, dropped.channels());
        }

        private ReplayStart fromTheBeginning(GapReason reason) throws LogException {
            return start(0, log.dropped(channels, 0, 0).watermark(), reason, List.copyOf(channels.texts()));
        }

        private ReplayStart start(long position, long mark, GapReason reason, List<String> concerned) {
            return new ReplayStart(position, mark, epoch, Optional.of(
                    Gaps.behind(position, epoch, mark, channels, Optional.of(text), reason, concerned)));
        }
    }
}
