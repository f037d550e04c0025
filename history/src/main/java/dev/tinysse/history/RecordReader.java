package dev.tinysse.history;

import dev.tinysse.broker.codec.RequestCache;
import dev.tinysse.broker.log.LogRecord;
import java.io.IOException;
import java.util.Optional;

/** Reads records by their positions, best in order. For one thread; nobody waits for it. */
final class RecordReader implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Segments segments;
    private final String epoch;
    private final RequestCache requests = new RequestCache();
    private Segment segment;
    private Scanner scanner;
    private long scanned;

    /**
     * A reader.
     *
     * @param epoch of the ids that the log gives
     */
    RecordReader(Segments segments, String epoch) {
        this.segments = segments;
        this.epoch = epoch;
    }

    /** {@return the record at a position; nothing if it has been dropped meanwhile, or cannot be read} */
    Optional<LogRecord> read(long position) throws IOException {
        Optional<LogRecord> found = readOnce(position);
        // it may have moved to another file
        return found.isPresent() ? found : readOnce(position);
    }

    private Optional<LogRecord> readOnce(long position) throws IOException {
        Segment holding = Segments.find(segments.table(), position);
        if (holding == null || !isOpen(holding)) {
            return Optional.empty();
        }
        long from = segment.offsetBefore(position);
        if (scanner == null || position <= scanned) {
            scanner = new Scanner(segment, from, segment.end(), CHUNK);
        } else {
            scanner.skipTo(from, segment.end());
        }
        scanned = position;
        while (scanner.next()) {
            RecordHeader header = scanner.header();
            if (header.position() > position) {
                scanner = null;
                return Optional.empty();
            }
            if (header.position() == position && header.kind() == RecordHeader.MESSAGE) {
                return scanner.isWhole()
                        ? Optional.of(MessageRecord.get(scanner.bytes(), scanner.content(), header, requests,
                                epoch))
                        : Optional.empty();
            }
        }
        scanner = null;
        return Optional.empty();
    }

    private boolean isOpen(Segment holding) throws IOException {
        if (holding == segment) {
            return true;
        }
        close();
        if (!holding.use()) {
            return false;
        }
        segment = holding;
        return true;
    }

    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.release();
        }
        segment = null;
        scanner = null;
    }
}
