package dev.tinysse.broker.replay;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads pages of replays, each on a virtual thread, a few at a time, so that many streams that resume at once take little memory. Safe for
 * any thread.
 */
public final class ReplayReader {
    private static final int PAGES_AT_A_TIME = 8;
    /** The maximum for one client: the page that is being sent, and the next. */
    private static final int PAGES_OF_ONE = 2;
    private static final int PAGE_RECORDS = 1024;
    private static final int PAGE_BYTES = 256 * 1024;

    private final EventLog log;
    private final HookCalls hooks;
    private final StreamFormat format;
    private final RecentPages recentPages = new RecentPages(NanoClock.SYSTEM);
    private final Semaphore pages = new Semaphore(PAGES_AT_A_TIME);

    public ReplayReader(EventLog log, HookCalls hooks, StreamFormat format) {
        this.log = log;
        this.hooks = hooks;
        this.format = format;
    }

    /**
     * The range to read.
     *
     * @param channels of the stream
     * @param after behind this position
     * @param upTo up to this one
     * @param known the mark up to which the client knows of gaps
     * @param epoch that the client knows of
     * @param lastId the last id that the client was sent
     */
    public record Request(ChannelSet channels, long after, long upTo, long known, String epoch,
            Optional<String> lastId) {}

    /** A page, or why there is none. */
    public interface Result {
        /** A page has been read. {@link ReplayReader#consumed} is to be called when it is not waiting any longer. */
        void page(ReplayPage page);

        /** The log cannot be read. */
        void failed(LogException failure);
    }

    /** Reads a page, and reports it on another thread. */
    public void read(Request request, Result result) {
        Thread.ofVirtual().name("tinysse-replay").start(() -> {
            pages.acquireUninterruptibly();
            ReplayPage page;
            try {
                page = readWhenReadable(request);
            } catch (LogException e) {
                pages.release();
                result.failed(e);
                return;
            } catch (RuntimeException | Error e) {
                pages.release();
                result.failed(new LogException(LogException.Kind.UNAVAILABLE, "history cannot be read: " + e, e));
                return;
            }
            result.page(page);
        });
    }

    /** A page that has been read is not waiting any longer, so that another one may be read. */
    public void consumed() {
        pages.release();
    }

    private ReplayPage readWhenReadable(Request request) throws LogException {
        while (true) {
            try {
                return read(request);
            } catch (LogException e) {
                if (!log.shared().map(SharedLog::awaitReadable).orElse(false)) {
                    throw e;
                }
            }
        }
    }

    private ReplayPage read(Request request) throws LogException {
        EncodedPage page = page(request);
        Dropped dropped = log.dropped(request.channels(), request.after(), request.known());
        long known = Math.min(request.known(), page.mark()); // what was dropped behind a page that is shared counts for the next
        Set<String> missing = new TreeSet<>(unreadable(request, page));
        Set<String> later = dropped.isEmpty()
                ? Set.of()
                : Set.copyOf(log.dropped(request.channels(), page.through(), known).channels());
        dropped.channels().stream()
                .filter(channel -> page.lacks(channel, request.after(), later.contains(channel)))
                .forEach(missing::add);
        if (missing.isEmpty()) {
            return new ReplayPage(Optional.empty(), known, page.entries(), page.through(), page.complete());
        }
        // a client that resumes with the id of the gap knows what it names, and not what the next page may lack
        boolean tellsAll = later.isEmpty() && missing.containsAll(dropped.channels());
        long mark = tellsAll ? dropped.watermark() : known;
        Gap gap = Gaps.behind(request.after(), request.epoch(), mark, request.channels(), request.lastId(),
                GapReason.EXPIRED, missing);
        return new ReplayPage(Optional.of(gap), dropped.isEmpty() ? known : mark, page.entries(), page.through(),
                page.complete());
    }

    /** Channels that have not dropped what is missing: it cannot be read, for it has been damaged. */
    private Set<String> unreadable(Request request, EncodedPage page) throws LogException {
        Set<String> unreadable = page.broken();
        if (unreadable.isEmpty()) {
            return unreadable;
        }
        unreadable.removeAll(Set.copyOf(log.dropped(request.channels(), request.after(), 0).channels()));
        return unreadable;
    }

    /** Streams that resume at once from the same position share a page; what one reads alone becomes garbage soon. */
    private EncodedPage page(Request request) throws LogException {
        RecentPages.Key key = new RecentPages.Key(request.channels(), request.after(), request.epoch(),
                hooks.has(Hook.MESSAGE));
        Optional<EncodedPage> recent = recentPages.find(key, request.upTo());
        if (recent.isPresent()) {
            return recent.get();
        }
        EncodedPage page = encode(request, key.restored());
        if (pages.availablePermits() < PAGES_AT_A_TIME - PAGES_OF_ONE) {
            recentPages.add(key, page);
        }
        return page;
    }

    private EncodedPage encode(Request request, boolean restore) throws LogException {
        LogPage page = log.read(
                new LogRange(request.channels(), request.after(), request.upTo(), PAGE_RECORDS, PAGE_BYTES),
                request.epoch());
        List<Entry> entries = new ArrayList<>(page.records().size());
        Map<String, EncodedPage.Ends> channels = new HashMap<>();
        for (LogRecord message : page.records()) {
            channels.computeIfAbsent(message.publication().channel(),
                    _ -> new EncodedPage.Ends(message, request.after())).add(message);
            Optional<Publication> restored = restore ? hooks.restore(message) : Optional.of(message.publication());
            restored.ifPresent(publication -> entries
                    .add(new Entry(message, publication, format.message(publication.message()))));
        }
        long through = page.complete() || page.records().isEmpty()
                ? request.upTo()
                : page.records().getLast().position();
        return new EncodedPage(request.known(), entries, channels, through, page.complete());
    }
}
