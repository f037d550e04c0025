package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelHistory;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Dropped;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.ResultsCodec;
import dev.tinysse.broker.log.Retention;
import dev.tinysse.broker.log.StoredResponses;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A log in memory. Safe for any thread. The thread that appends does all the work: the follower is called, and the append is complete, when
 * {@link #append} returns. With a count of 0 it stores nothing, assigns no ids, and {@link LogRecord#previous} is 0.
 */
public final class MemoryLog implements EventLog, Retention {
    private final Lock lock = new ReentrantLock();
    private final InstantSource clock;
    private final boolean hasHistory;
    private final String epoch;
    private final Positions positions;
    private final StoredResponses responses;
    private final MemoryHistory history;
    private final MemoryReader reader;
    private LogFollower follower = record -> new PublishResult.Accepted(0, 0, record.id());
    private boolean closed;

    /**
     * A log with nothing in it.
     *
     * @param config its limits; the size is that of the heap, estimated
     */
    public MemoryLog(LogConfig config) {
        clock = config.clock();
        hasHistory = config.count() > 0;
        // without history no id is given, and no generator of random numbers is started for it
        epoch = hasHistory ? EventId.newEpoch() : EventId.NO_EPOCH;
        positions = new Positions(config.clock(), 0);
        responses = new StoredResponses(config.clock());
        history = new MemoryHistory(config, positions);
        reader = new MemoryReader(history, lock);
    }

    @Override
    public void follow(LogFollower first) {
        lock.lock();
        try {
            follower = first;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void append(Append append) {
        lock.lock();
        try {
            if (closed) {
                append.outcome().completeExceptionally(
                        new LogException(LogException.Kind.FAILED, "the log has been closed"));
            } else {
                append.outcome().complete(append.key().isEmpty() ? commit(append) : commitOnce(append));
            }
        } finally {
            lock.unlock();
        }
    }

    private Append.Outcome commitOnce(Append append) {
        PublishKey key = append.key().orElseThrow();
        Optional<Append.Outcome> before = responses.find(key);
        if (before.isPresent()) {
            return before.get();
        }
        List<LogRecord> records = append.items().stream().map(this::take).toList();
        List<String> ids = records.stream().flatMap(record -> record.id().stream()).toList();
        responses.store(key, ResultsCodec.encode(append.results(ids)), clock.millis());
        return new Append.Outcome.Committed(records.stream().map(follower::committed).toList());
    }

    private Append.Outcome commit(Append append) {
        List<Append.Item> items = append.items();
        if (items.size() == 1) {
            return new Append.Outcome.Committed(List.of(follower.committed(take(items.getFirst()))));
        }
        return new Append.Outcome.Committed(
                items.stream().map(this::take).toList().stream().map(follower::committed).toList());
    }

    /** Gives the next position, and an id where none is, and stores the record. */
    private LogRecord take(Append.Item item) {
        long position = positions.next();
        Publication publication = item.publication();
        if (!hasHistory) {
            return LogRecord.notStored(position, publication, item.attributes());
        }
        history.dropOld();
        long previous = history.add(position, item);
        Message message = publication.message();
        if (message.id().isEmpty()) {
            publication = publication.withMessage(message.withId(EventId.of(epoch, position).toString()));
        }
        return new LogRecord(position, previous, publication, item.attributes());
    }

    @Override
    public Optional<Append.Outcome> findResponse(PublishKey key) {
        return responses.find(key);
    }

    @Override
    public LogPage read(LogRange range, String ofIds) {
        return reader.read(range, ofIds);
    }

    @Override
    public OptionalLong find(ChannelSet channels, String id) {
        return reader.find(channels, id);
    }

    @Override
    public Dropped dropped(ChannelSet channels, long after, long known) {
        long watermark = dropExpired();
        // from here on, drops come after the watermark, and may be reported now or the next time
        TreeSet<String> dropped = new TreeSet<>();
        for (String name : channels.names()) {
            MemoryChannel channel = history.channels().get(name);
            if (channel == null ? history.hasForgotten(name, after, known) : channel.hasDropped(after, known)) {
                dropped.add(name);
            }
        }
        if (!channels.patterns().isEmpty()) {
            for (Map.Entry<String, MemoryChannel> channel : history.channels().entrySet()) {
                if (channel.getValue().hasDropped(after, known) && channels.contains(channel.getKey())) {
                    dropped.add(channel.getKey());
                }
            }
            for (String name : history.forgets()) {
                if (channels.contains(name) && !history.channels().containsKey(name)
                        && history.hasForgotten(name, after, known)) {
                    dropped.add(name);
                }
            }
            if (history.hasForgotten(after, known)) {
                channels.patterns().forEach(pattern -> dropped.add(pattern.text()));
            }
        }
        return new Dropped(List.copyOf(dropped), watermark);
    }

    /** Drops expired records. {@return the loss watermark of this moment} */
    private long dropExpired() {
        lock.lock();
        try {
            history.dropOld();
            return positions.last();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long startOfLast(ChannelSet channels, int count) {
        return reader.startOfLast(channels, count);
    }

    @Override
    public Collection<String> channels() {
        return List.copyOf(history.channels().keySet());
    }

    @Override
    public HistoryTotal total() {
        return locked(history::total);
    }

    @Override
    public Map<String, ChannelHistory> histories(ChannelSet channels) {
        return locked(() -> history.channels(channels).stream()
                .collect(Collectors.toMap(MemoryChannel::name, this::history)));
    }

    private ChannelHistory history(MemoryChannel channel) {
        return new ChannelHistory(channel.size(), channel.bytes(), channel.taken(), channel.at(0).id(epoch),
                channel.at(channel.size() - 1).id(epoch));
    }

    @Override
    public long forget(String channel) {
        return locked(() -> history.forget(channel));
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long recovered() {
        return 0;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public boolean hadEpoch(String former) {
        return false;
    }

    @Override
    public boolean hasHistory() {
        return hasHistory;
    }

    @Override
    public Retention retention() {
        return hasHistory ? this : Retention.NONE;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void sweep() {
        dropExpired();
        responses.sweep();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
