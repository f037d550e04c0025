package dev.tinysse.broker.delivery;

import dev.tinysse.api.GapReason;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamFormat;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Leads the streams of one fan-out thread through the log until they can go on in their rings: those that resume, and those
 * that have fallen behind. That thread alone calls it.
 */
final class StreamReplays {
    private static final Logger LOG = System.getLogger("tinysse");

    private final Executor worker;
    private final ReplayReader reader;
    private final MessageSource source;
    private final Losses losses;
    private final StreamFormat format;
    private final EventLog log;
    private final Consumer<Stream> proceed;
    private final Consumer<Stream> failed;
    private final BooleanSupplier readsAhead;

    /**
     * The replays of a fan-out thread's streams.
     *
     * @param readsAhead whether a page is written or dropped before anything else happens on this thread
     * @param proceed is called for a stream for which a page has been read
     * @param failed is called for a stream for which nothing can be read
     */
    StreamReplays(Executor worker, BrokerParts parts, MessageSource source, Losses losses,
            BooleanSupplier readsAhead, Consumer<Stream> proceed, Consumer<Stream> failed) {
        this.worker = worker;
        this.reader = parts.replays();
        this.source = source;
        this.losses = losses;
        this.format = parts.format();
        this.log = parts.log();
        this.readsAhead = readsAhead;
        this.proceed = proceed;
        this.failed = failed;
    }

    /** Begins with a stream that resumes. What is committed after the position is in its ring, or on the way there. */
    void begin(Stream stream, ReplayStart start, long upTo) {
        start.gap().ifPresent(gap -> tell(stream, gap));
        Optional<String> lastId = stream.subscription.lastEventId();
        stream.place.set(start, lastId);
        stream.replay = new Replay(start.after(), Math.max(start.after(), upTo), 0);
        if (start.after() > upTo && lastId.isPresent()) {
            stream.place.skipUpTo(start.after()); // another node has sent it what is still on the way to this one
        }
    }

    /** Begins with a stream whose next message is no longer in its ring, up to the latest message that has arrived. */
    void fellBehind(Stream stream, long latest) {
        stream.fellBehind = false;
        readUpTo(stream, latest, untaken(stream));
    }

    /** How many messages there are for a stream. Of those that are gone none counts if its client may have seen them elsewhere. */
    private static long untaken(Stream stream) {
        Ring ring = stream.ring;
        if (!stream.place.hasSeenAhead()) {
            return ring.head() - stream.cursor + stream.renumberedLoss();
        }
        long untaken = 0;
        for (long sequence = Math.max(stream.cursor, ring.oldest()); sequence < ring.head(); sequence++) {
            Entry entry = ring.get(sequence);
            untaken += entry == null || entry.notice || stream.place.wasSeen(entry) ? 0 : 1;
        }
        return untaken;
    }

    /** The stream reads the log up to a position, and goes on in its ring behind what is there. */
    private void readUpTo(Stream stream, long latest, long expected) {
        Ring ring = stream.ring;
        long position = position(stream);
        source.settle();
        ring.taken(stream.cursor, ring.head(), 1);
        stream.replay = new Replay(position, Math.max(position, latest), expected);
        stream.takeRenumberedLoss();
        stream.cursor = ring.head();
    }

    /**
     * Messages did not come, up to the latest position that has arrived: a stream reads them if they are stored. If they are not, or
     * are unknown, its client receives a gap.
     */
    void missed(Stream stream, LogGap gap, long latest) {
        List<String> channels = List.copyOf(stream.interest.channels.texts());
        if (!log.hasHistory()) {
            GapReason reason = gap.epoch().isPresent() ? GapReason.EPOCH : GapReason.EXPIRED;
            tell(stream, new Gap(Optional.empty(), Optional.empty(), reason, channels));
            return;
        }
        gap.epoch().filter(epoch -> !epoch.equals(epoch(stream))) // its client may already know that one, from its id or a gap
                .ifPresent(epoch -> begun(stream, epoch, gap.upTo(), channels));
        readUpTo(stream, latest, 0);
    }

    private void begun(Stream stream, String epoch, long mark, List<String> channels) {
        String id = EventId.ofGap(epoch, position(stream), mark, stream.interest.channels).toString();
        tell(stream, new Gap(Optional.of(id), lastId(stream), GapReason.EPOCH, channels));
        stream.place.told(epoch, mark, id);
    }

    /** Where a stream is; one that joined before anything was handed on is behind what was there before. */
    private long position(Stream stream) {
        if (stream.place.position() == 0 && stream.replay == null) {
            stream.place.reached(recovered());
        }
        return stream.place.position();
    }

    /** Known by now, for something has been handed on. */
    private long recovered() {
        try {
            return log.recovered();
        } catch (LogException e) {
            return 0; // reading fails for the same reason
        }
    }

    private String epoch(Stream stream) {
        return stream.place.epoch(log.epoch());
    }

    private void tell(Stream stream, Gap gap) {
        stream.output().addNotice(stream.own(format.gap(gap)), Optional.of(gap.reason()));
    }

    /**
     * Continues with a stream that has written all that it has.
     *
     * @return whether it can go on in its ring
     */
    boolean advance(Stream stream) {
        Replay replay = stream.replay;
        if (replay.isComplete()) {
            finish(stream, replay);
            return true;
        }
        if (replay.pending() == 0) {
            read(stream, replay, lastId(stream));
        }
        return false;
    }

    private Optional<String> lastId(Stream stream) {
        return stream.place.lastId().or(() -> stream.place.position() == 0
                ? Optional.empty()
                : Optional.of(EventId.of(epoch(stream), stream.place.position()).toString()));
    }

    private void read(Stream stream, Replay replay, Optional<String> lastId) {
        if (!replay.beginReading()) {
            return;
        }
        reader.read(new ReplayReader.Request(stream.interest.channels, replay.readAfter(), replay.upTo,
                stream.place.known(), epoch(stream), lastId), new ReplayReader.Result() {
                    @Override
                    public void page(ReplayPage page, Runnable consumed) {
                        worker.execute(() -> {
                            try {
                                arrived(stream, replay, page);
                            } finally {
                                consumed.run();
                            }
                        });
                    }

                    @Override
                    public void failed(LogException failure) {
                        LOG.log(Level.WARNING, "a replay failed: client=%s: %s"
                                .formatted(stream.client(), failure.getMessage()));
                        worker.execute(() -> failed.accept(stream));
                    }
                });
    }

    private void finish(Stream stream, Replay replay) {
        stream.place.reached(replay.upTo);
        stream.replay = null;
        if (replay.lost() > 0) {
            losses.count(stream, replay.lost());
        }
        stream.caughtUp();
        markEnd(stream);
    }

    /** Marks the end of the replay of a live stream, once, if its client has requested that. */
    void markEnd(Stream stream) {
        if (stream.marksReplay && stream.replay == null && stream.state == Stream.State.LIVE) {
            stream.marksReplay = false;
            stream.output().addControl(stream.own(format.caughtUp()));
        }
    }

    private void arrived(Stream stream, Replay replay, ReplayPage page) {
        if (stream.state != Stream.State.LIVE || stream.replay != replay) {
            return;
        }
        if (replay.page(page)) {
            page.gap().ifPresent(gap -> tell(stream, gap));
            stream.place.told(page.known());
            if (readsAhead.getAsBoolean() && !page.entries().isEmpty()) {
                read(stream, replay, page.entries().getLast().id); // while this one is written, which is done at once
            }
        }
        proceed.accept(stream);
    }
}
