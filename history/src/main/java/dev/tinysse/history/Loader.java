package dev.tinysse.history;

import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.log.StoredResponses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads all files of a log once, when it is opened, and fills the index. For one thread. */
final class Loader {
    private static final System.Logger LOGGER = System.getLogger("tinysse");
    private static final int CHUNK = 1 << 20;

    private final Segments segments;
    private final Index index;
    private final StoredResponses responses;
    private final PositionSource positions;
    private final LogConfig config;
    private final List<Found> batch = new ArrayList<>();
    private KeyRecord key;
    private long keyPosition;
    private long last;
    /** The last loss: behind a position, up to another; 0 if that has not been found yet. */
    private long lostBehind = -1;
    private long lostUpTo;

    /** A message of the append that is being read. */
    private record Found(MessageRecord.Entry entry, long position, long offset, long bytes) {}

    Loader(Segments segments, Index index, StoredResponses responses, PositionSource positions, LogConfig config) {
        this.segments = segments;
        this.index = index;
        this.responses = responses;
        this.positions = positions;
        this.config = config;
    }

    /** {@return whether the last segment may be written on; if not, it is at its end, or damaged there} */
    boolean load() throws IOException {
        Manifest manifest = segments.manifest();
        index.forgotten(manifest.forgotten());
        last = Math.max(manifest.forgotten().through(), manifest.cut().through());
        boolean open = false;
        for (Segment segment : segments.table()) {
            open = load(segment, segment == segments.table().getLast());
        }
        positions.advanceTo(last);
        try (var _ = index.locked()) {
            manifest.forgets().forEach(this::forget);
            new LoadedMarks(index, positions, config, manifest.cut()).finish(lostBehind,
                    lostBehind >= 0 && lostUpTo == 0 ? positions.next() : lostUpTo);
            countLive();
            index.newest(last);
        }
        return open;
    }

    /** Of a channel that was forgotten, records may be left in the files. */
    private void forget(String name, Index.Forgotten forgotten) {
        index.forgets().put(name, forgotten);
        ChannelIndex channel = index.channel(name);
        if (channel != null) {
            index.forget(channel, forgotten);
        }
    }

    private boolean load(Segment segment, boolean newest) throws IOException {
        long size = segment.file().size();
        Scanner scanner = new Scanner(segment, SegmentHeader.SIZE, size, CHUNK);
        long whole = SegmentHeader.SIZE;
        boolean sealed = false;
        long append = whole;
        while (!sealed && scanner.next()) {
            if (scanner.damagedFrom() >= 0 || !scanner.isWhole()) {
                if (isTail(scanner, size)) {
                    break;
                }
                damaged(segment, scanner.damagedFrom() >= 0 ? scanner.damagedFrom() : scanner.offset());
                if (!scanner.isWhole()) {
                    continue;
                }
            }
            take(segment, scanner);
            sealed = scanner.header().kind() == RecordHeader.SEAL;
            whole = scanner.nextOffset();
            append = batch.isEmpty() && key == null ? whole : append;
        }
        segment.end(whole);
        if (sealed) {
            return false;
        }
        Tail tail = Tail.of(segment, whole, size);
        if (!newest || tail.isDamaged() || whole < segment.acknowledged()) {
            damaged(segment, whole);
            return false;
        }
        cutOff(segment, append, Math.max(tail.end(), whole));
        return true;
    }

    /** Whether nothing that can be read is behind a record whose content is damaged. */
    private static boolean isTail(Scanner scanner, long size) throws IOException {
        if (scanner.isWhole()) {
            return false;
        }
        Scanner behind = scanner.behind(size);
        while (behind.next()) {
            if (behind.isWhole()) {
                return false;
            }
        }
        return true;
    }

    private void take(Segment segment, Scanner scanner) {
        RecordHeader header = scanner.header();
        if (header.kind() == RecordHeader.KEY || header.kind() == RecordHeader.TEXT_KEY) {
            commit(segment);
            key = header.kind() == RecordHeader.KEY
                    ? KeyRecord.get(scanner.bytes(), scanner.content())
                    : KeyRecord.getText(scanner.bytes(), scanner.content()).orElse(null);
            keyPosition = header.position();
        } else if (header.kind() == RecordHeader.MESSAGE) {
            batch.add(new Found(MessageRecord.entry(scanner.bytes(), scanner.content()), header.position(),
                    scanner.offset(), header.total()));
        }
        if (!header.more()) {
            commit(segment);
        }
    }

    private void commit(Segment segment) {
        try (var _ = index.locked()) {
            batch.forEach(found -> commit(segment, found));
        }
        if (key != null && key.messages() <= batch.size()) {
            segment.addKey(keyPosition);
            responses.store(key.key(), key.results(), Positions.millis(keyPosition));
        }
        key = null;
        batch.clear();
    }

    private void commit(Segment segment, Found found) {
        MessageRecord.Entry entry = found.entry();
        if (lostBehind >= 0 && lostUpTo == 0) {
            lostUpTo = found.position();
        }
        last = Math.max(last, found.position());
        positions.advanceTo(last);
        segment.add(found.position(), found.offset());
        ChannelIndex before = index.channel(entry.channel());
        long known = before == null ? 0 : before.last();
        // of a channel's first record here, when the one before it went is found out at the end
        long mark = before == null ? 0 : positions.next();
        ChannelIndex channel = index.restore(entry.channel(), found.position(), entry.idHash(), found.bytes());
        if (entry.previous() > known) {
            channel.dropped(entry.previous(), mark);
        }
    }

    private void damaged(Segment segment, long offset) {
        if (!segment.isDamaged()) {
            LOGGER.log(System.Logger.Level.WARNING, "{0} is damaged at byte {1}: the damaged records are not served",
                    segment.path(), Long.toString(offset));
        }
        segment.setDamaged();
        key = null;
        // what of the append is before it stands for itself
        commit(segment);
        if (lostBehind < 0 || lostUpTo > 0) {
            lostBehind = last;
            lostUpTo = 0;
        }
    }

    private void cutOff(Segment segment, long append, long end) throws IOException {
        batch.clear();
        key = null;
        segment.end(append);
        if (end > append) {
            LOGGER.log(System.Logger.Level.WARNING, "{0} ended in an incomplete record: truncated {1} bytes",
                    segment.path(), Long.toString(end - append));
        }
        segment.file().truncate(append);
        segment.size(append);
    }

    private void countLive() {
        List<Segment> table = segments.table();
        table.forEach(segment -> segment.liveRecords(0));
        for (ChannelIndex channel : index.channels()) {
            for (int i = 0; i < channel.size(); i++) {
                Segment segment = Segments.find(table, channel.at(i));
                segment.liveRecords(segment.liveRecords() + 1);
            }
        }
    }
}
