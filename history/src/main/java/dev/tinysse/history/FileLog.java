package dev.tinysse.history;

import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelPattern;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.broker.log.StoredResponses;
import dev.tinysse.history.disk.ProgressFile;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A log in files. Safe for any thread. Calls wait until recovery has read the files. */
final class FileLog implements EventLog, Retention {
    private final Parts parts;
    private final PageReader reader;
    private final Thread writing;
    private final Thread keeping;
    private final CompletableFuture<Long> recovered;
    private boolean closed;

    /** The parts of a log. */
    record Parts(Directory directory, Manifest manifest, Segments segments, Index index, StoredResponses responses,
            PositionSource positions, LogWriter writer, Keeper keeper, ProgressFile progress) {}

    FileLog(Parts parts) {
        this.parts = parts;
        reader = new PageReader(parts.index, parts.segments);
        writing = Thread.ofPlatform().daemon().name("tinysse-history").unstarted(parts.writer);
        keeping = Thread.ofPlatform().daemon().name("tinysse-history-keeper").unstarted(parts.keeper);
        var _ = parts.writer.loaded().thenRun(keeping::start);
        recovered = parts.writer.loaded().thenApply(_ -> parts.positions.last()); // before the first append
        writing.start();
    }

    /** A call that reads files. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    @Override
    public void follow(LogFollower follower) {
        parts.writer.follow(follower);
    }

    @Override
    public void append(Append append) {
        parts.writer.append(append);
    }

    @Override
    public Optional<Append.Outcome> findResponse(PublishKey key) throws LogException {
        return reading(() -> parts.responses.find(key));
    }

    @Override
    public LogPage read(LogRange range, String epoch) throws LogException {
        return reading(() -> reader.read(range, epoch));
    }

    @Override
    public OptionalLong find(ChannelSet channels, String id) throws LogException {
        return reading(() -> reader.find(channels, id, epoch()));
    }

    @Override
    public long startOfLast(ChannelSet channels, int count) throws LogException {
        return reading(() -> reader.startOfLast(channels, count));
    }

    @Override
    public Dropped dropped(ChannelSet channels, long after, long known) throws LogException {
        return reading(() -> findDropped(channels, after, known));
    }

    private <T> T reading(Reading<T> reading) throws LogException {
        try {
            parts.writer.loaded().join();
            return reading.read();
        } catch (IOException e) {
            throw new LogException(LogException.Kind.UNAVAILABLE, "cannot read history: " + e, e);
        } catch (CompletionException e) {
            throw new LogException(LogException.Kind.FAILED, String.valueOf(e.getCause().getMessage()), e);
        }
    }

    private Dropped findDropped(ChannelSet channels, long after, long known) {
        Index index = parts.index;
        long oldest = index.oldest();
        List<ChannelIndex> asked = index.channels(channels);
        if (oldest > 0) {
            asked.forEach(channel -> locked(() -> index.dropBefore(channel, oldest)));
        }
        // what is dropped from here on comes after the mark, and what was dropped before has been noted when the lock is free
        long mark = parts.positions.next();
        TreeSet<String> dropped = new TreeSet<>();
        Index.Forgotten[] forgotten = new Index.Forgotten[1];
        locked(() -> forgotten[0] = index.forgotten());
        for (ChannelIndex channel : asked) {
            if (channel.hasDropped(after, known)) {
                dropped.add(channel.name());
            }
        }
        channels.names().stream()
                .filter(name -> index.channel(name) == null && index.hasForgotten(name, after, known))
                .forEach(dropped::add);
        if (!channels.patterns().isEmpty()) {
            index.forgets().keySet().stream()
                    .filter(name -> channels.contains(name) && index.channel(name) == null
                            && index.hasForgotten(name, after, known))
                    .forEach(dropped::add);
        }
        if (forgotten[0].concerns(after, known)) {
            channels.patterns().stream().map(ChannelPattern::text).forEach(dropped::add);
        }
        return new Dropped(List.copyOf(dropped), mark);
    }

    private void locked(Runnable action) {
        try (var _ = parts.index.locked()) {
            action.run();
        }
    }

    @Override
    public Collection<String> channels() throws LogException {
        return reading(() -> parts.index.channels().stream().map(ChannelIndex::name).toList());
    }

    @Override
    public HistoryTotal total() {
        return parts.index.total(parts.segments.size());
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.histogram("tinysse_sync_seconds", "Duration of syncs to disk",
                parts.writer.syncs()));
    }

    @Override
    public Map<String, ChannelHistory> histories(ChannelSet channels) throws LogException {
        return reading(() -> new ChannelHistories(parts.index, reader, epoch()).find(channels));
    }

    @Override
    public long forget(String channel) throws LogException {
        return reading(() -> {
            int forgotten = parts.index.forget(channel);
            parts.segments.writeForgets();
            return (long) forgotten;
        });
    }

    @Override
    public long recovered() throws LogException {
        return reading(recovered::join);
    }

    @Override
    public String epoch() {
        return parts.manifest.epoch();
    }

    @Override
    public boolean hadEpoch(String epoch) {
        return parts.manifest.former().contains(epoch);
    }

    @Override
    public boolean hasHistory() {
        return true;
    }

    @Override
    public Retention retention() {
        return this;
    }

    @Override
    public Optional<String> failure() {
        return parts.writer.failure().map(LogException::getMessage);
    }

    @Override
    public void sweep() {
        long oldest = parts.index.oldest();
        if (oldest > 0 && parts.writer.loaded().isDone()) {
            parts.index.dropBefore(oldest);
        }
        parts.responses.sweep();
        if (failure().isEmpty()) {
            parts.segments.disturbed()
                    .ifPresent(what -> parts.writer.fail(new LogException(LogException.Kind.FAILED, what)));
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        parts.writer.stop();
        join(writing);
        parts.keeper.stop();
        join(keeping);
        if (parts.writer.failure().isEmpty()) {
            attempt(parts.segments::close);
        }
        parts.segments.table().forEach(segment -> attempt(segment::release));
        attempt(parts.progress::close);
        attempt(parts.directory::close);
    }

    /** A step of closing. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            System.getLogger("tinysse").log(System.Logger.Level.WARNING, "cannot close history: {0}", e.toString());
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
