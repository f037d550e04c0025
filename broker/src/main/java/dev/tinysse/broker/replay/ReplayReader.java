package dev.tinysse.broker.replay;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads pages of replays, each on a virtual thread, a few at a time, so that many who come back at once take little memory. Safe for
 * any thread.
 */
public final class ReplayReader {
    private static final int PAGES_AT_A_TIME = 8;
    private static final int PAGE_RECORDS = 1024;
    private static final int PAGE_BYTES = 128 * 1024;

    private final EventLog log;
    private final HookCalls hooks;
    private final StreamFormat format;
    private final Semaphore pages = new Semaphore(PAGES_AT_A_TIME);

    public ReplayReader(EventLog log, HookCalls hooks, StreamFormat format) {
        this.log = log;
        this.hooks = hooks;
        this.format = format;
    }

    /**
     * What to read.
     *
     * @param channels of the stream
     * @param after behind this position
     * @param upTo up to this one
     * @param known the mark up to which the client knows of gaps
     * @param lastId the last id that the client was sent
     */
    public record Request(ChannelSet channels, long after, long upTo, long known, Optional<String> lastId) {}

    /** A page, or why there is none. */
    public interface Result {
        /** A page has been read. To be called back when it is no longer held by the reader's count. */
        void page(ReplayPage page, Runnable consumed);

        /** The log cannot be read. */
        void failed(LogException failure);
    }

    /** Reads a page, and reports it on another thread. */
    public void read(Request request, Result result) {
        Thread.ofVirtual().name("tinysse-replay").start(() -> {
            pages.acquireUninterruptibly();
            ReplayPage page;
            try {
                page = read(request);
            } catch (LogException e) {
                pages.release();
                result.failed(e);
                return;
            } catch (RuntimeException | Error e) {
                pages.release();
                result.failed(new LogException(LogException.Kind.UNAVAILABLE, "history cannot be read: " + e, e));
                return;
            }
            result.page(page, pages::release);
        });
    }

    private ReplayPage read(Request request) throws LogException {
        LogPage page = log.read(
                new LogRange(request.channels(), request.after(), request.upTo(), PAGE_RECORDS, PAGE_BYTES));
        Dropped dropped = log.dropped(request.channels(), request.after(), request.known());
        List<LogRecord> records = page.records();
        long through = page.complete() || records.isEmpty() ? request.upTo() : records.getLast().position();
        List<String> missing = dropped.isEmpty() ? List.of() : missing(request.after(), page, dropped.channels());
        Optional<Gap> gap = missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gap(
                        Optional.of(new EventId(log.epoch(), request.after(), dropped.mark()).toString()),
                        request.lastId(), GapReason.EXPIRED, missing));
        boolean restore = hooks.has(Hook.MESSAGE);
        List<Entry> entries = new ArrayList<>(records.size());
        for (LogRecord message : records) {
            Optional<Publication> publication = restore
                    ? hooks.restore(message)
                    : Optional.of(message.publication());
            publication.ifPresent(restored -> entries
                    .add(new Entry(message.position(), restored, format.message(restored.message()))));
        }
        return new ReplayPage(gap, gap.isPresent() ? dropped.mark() : request.known(), entries, through,
                page.complete());
    }

    /**
     * Of the channels that have dropped something behind a position those of which something is missing in a page: its first record
     * there has a predecessor behind the position, or it has none although the page is the last.
     */
    private static List<String> missing(long after, LogPage page, List<String> channels) {
        Map<String, Long> previous = new HashMap<>();
        for (LogRecord message : page.records()) {
            previous.putIfAbsent(message.publication().channel(), message.previous());
        }
        return channels.stream().filter(channel -> {
            Long before = previous.get(channel);
            return before == null ? page.complete() : before > after;
        }).toList();
    }
}
