package dev.tinysse.history;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.EventId;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.log.PublishKey;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.log.ResultsCodec;
import dev.tinysse.broker.log.StoredResponses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The appends that are written and synced together. For the thread that writes. */
final class Group {
    private static final System.Logger LOGGER = System.getLogger("tinysse");

    private final RecordWriter records;
    private final Index index;
    private final StoredResponses responses;
    private final PositionSource positions;
    private final String epoch;
    private final List<Taken> taken = new ArrayList<>();
    private final List<Repeated> repeated = new ArrayList<>();
    private final Map<String, Taken> pending = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();

    /** An append that has the key of another in this group. */
    private record Repeated(Append append, Taken first) {
        void complete() {
            append.outcome().complete(first.append.key().equals(append.key())
                    ? new Append.Outcome.Repeated(first.append.results(ids(first.records)))
                    : new Append.Outcome.KeyReused());
        }
    }

    /** An append with its records, where they are in the segment, its own position, and the results for a repetition. */
    private record Taken(Append append, List<LogRecord> records, long[] offsets, long end, long position,
            Optional<byte[]> results) {
        long bytes(int number) {
            return (number + 1 < offsets.length ? offsets[number + 1] : end) - offsets[number];
        }
    }

    Group(RecordWriter records, Index index, StoredResponses responses, PositionSource positions, String epoch) {
        this.records = records;
        this.index = index;
        this.responses = responses;
        this.positions = positions;
        this.epoch = epoch;
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** Whether the response to an append is known, or that of another in this group will be its response. */
    boolean isRepeated(Append append) {
        if (append.key().isEmpty()) {
            return false;
        }
        PublishKey key = append.key().get();
        Optional<Append.Outcome> before = responses.find(key);
        before.ifPresent(append.outcome()::complete);
        Taken first = pending.get(key.name());
        if (before.isEmpty() && first != null) {
            repeated.add(new Repeated(append, first));
        }
        return before.isPresent() || first != null;
    }

    /** Gives positions and ids, and writes the records. */
    void add(Append append) {
        List<Append.Item> items = append.items();
        List<LogRecord> added = new ArrayList<>(items.size());
        for (Append.Item item : items) {
            added.add(record(item));
        }
        long position = added.isEmpty() ? positions.next() : added.getFirst().position();
        Optional<byte[]> results = append.key().map(_ -> ResultsCodec.encode(append.results(ids(added))));
        append.key().ifPresent(
                key -> records.key(new KeyRecord(key, results.orElseThrow(), added.size()), position));
        long[] offsets = new long[added.size()];
        for (int i = 0; i < added.size(); i++) {
            offsets[i] = records.offset();
            records.message(added.get(i), hasOwnId(items.get(i)), i < added.size() - 1);
        }
        Taken done = new Taken(append, added, offsets, records.offset(), position, results);
        taken.add(done);
        append.key().ifPresent(key -> pending.put(key.name(), done));
    }

    private LogRecord record(Append.Item item) {
        long position = positions.next();
        Publication publication = item.publication();
        Message message = publication.message();
        if (message.id().isEmpty()) {
            publication = publication.withMessage(message.withId(EventId.of(epoch, position).toString()));
        }
        Long before = newest.put(publication.channel(), position);
        long previous = before == null ? index.last(publication.channel()) : before;
        return new LogRecord(position, previous, publication, item.attributes());
    }

    /** The records are durable: readers find them, and the follower and the publishers are notified. */
    void commit(Segment segment, LogFollower follower) {
        try (var _ = index.locked()) {
            taken.forEach(done -> index(segment, done));
            index.newest(Math.max(index.newest(), segment.last())); // a segment may have keys alone
        }
        for (Taken done : taken) {
            done.results.ifPresent(results -> {
                segment.addKey(done.position);
                responses.store(done.append.key().orElseThrow(), results, Positions.millis(done.position));
            });
            tell(done, follower);
        }
        List<Repeated> waiting = List.copyOf(repeated);
        clear();
        waiting.forEach(Repeated::complete);
    }

    private void index(Segment segment, Taken done) {
        for (int i = 0; i < done.offsets.length; i++) {
            LogRecord record = done.records.get(i);
            segment.add(record.position(), done.offsets[i]);
            segment.liveRecords(segment.liveRecords() + 1);
            index.add(record.publication().channel(), record.position(), hasOwnId(done.append.items().get(i))
                    ? MessageRecord.hash(record.publication().message().id().orElseThrow())
                    : 0, done.bytes(i));
        }
    }

    private static void tell(Taken done, LogFollower follower) {
        try {
            List<PublishResult.Accepted> receipts = new ArrayList<>(done.records.size());
            for (LogRecord record : done.records) {
                receipts.add(follower.committed(record));
            }
            done.append.outcome().complete(new Append.Outcome.Committed(List.copyOf(receipts)));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "delivery of a record failed", e);
            done.append.outcome().completeExceptionally(e);
        }
    }

    /** Nothing of it is in the log. */
    void fail(LogException failure) {
        taken.forEach(failed -> failed.append.outcome().completeExceptionally(failure));
        repeated.forEach(failed -> failed.append.outcome().completeExceptionally(failure));
        clear();
    }

    private void clear() {
        taken.clear();
        repeated.clear();
        pending.clear();
        newest.clear();
    }

    private static boolean hasOwnId(Append.Item item) {
        return item.publication().message().id().isPresent();
    }

    private static List<String> ids(List<LogRecord> added) {
        return added.stream().map(record -> record.publication().message().id().orElseThrow()).toList();
    }
}
