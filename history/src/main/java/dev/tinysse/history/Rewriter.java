package dev.tinysse.history;

import dev.tinysse.broker.log.Positions;
import dev.tinysse.broker.log.PublishKey;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * Copies the live records of some segments to a new one. Until the manifest names the copy, the old ones are the log; afterwards the copy
 * is. For one thread.
 */
final class Rewriter {
    private static final int CHUNK = 256 * 1024;

    private final Segments segments;
    private final Index index;
    private final InstantSource clock;
    private final RecordWriter records = new RecordWriter();

    Rewriter(Segments segments, Index index, InstantSource clock) {
        this.segments = segments;
        this.index = index;
        this.clock = clock;
    }

    /** {@return the least position of a key whose response is stored} */
    static long oldestKey(InstantSource clock) {
        return Positions.ofMillis(clock.millis() - PublishKey.LIFETIME.toMillis());
    }

    void rewrite(List<Segment> old) throws IOException {
        int generation = old.stream().mapToInt(Segment::generation).max().orElse(0) + 1;
        Segment copy = segments.create(old.getFirst().number(), generation);
        try {
            for (Segment segment : old) {
                copy(segment, copy);
            }
            records.begin(copy);
            records.seal(copy.last());
            Segments.append(copy, records.bytes(), records.length());
            copy.file().sync();
        } catch (IOException e) {
            segments.discard(copy);
            throw e;
        }
        segments.replace(old, copy);
    }

    private void copy(Segment from, Segment to) throws IOException {
        long oldestKey = oldestKey(clock);
        Scanner scanner = new Scanner(from, SegmentHeader.SIZE, from.end(), CHUNK);
        records.begin(to);
        while (scanner.next()) {
            if (scanner.isWhole()) {
                copy(scanner, to, oldestKey);
            }
            if (records.length() >= CHUNK) {
                Segments.append(to, records.bytes(), records.length());
                records.begin(to);
            }
        }
        Segments.append(to, records.bytes(), records.length());
    }

    private void copy(Scanner scanner, Segment to, long oldestKey) {
        RecordHeader header = scanner.header();
        if (header.kind() == RecordHeader.KEY && header.position() >= oldestKey) {
            KeyRecord key = KeyRecord.get(scanner.bytes(), scanner.content());
            records.key(new KeyRecord(key.key(), key.results(), 0), header.position());
            to.addKey(header.position());
        } else if (header.kind() == RecordHeader.MESSAGE && isLive(scanner, header.position())) {
            to.add(header.position(), records.offset());
            records.copy(scanner.bytes(), scanner.content(), header);
        }
    }

    private boolean isLive(Scanner scanner, long position) {
        String name = MessageRecord.entry(scanner.bytes(), scanner.content()).channel();
        try (var _ = index.locked()) {
            ChannelIndex channel = index.channel(name);
            return channel != null && channel.has(position);
        }
    }
}
