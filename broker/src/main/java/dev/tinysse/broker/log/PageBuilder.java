package dev.tinysse.broker.log;

import java.util.ArrayList;
import java.util.List;

/** Collects the records of a page, as many as its range lets it have. For one thread. */
public final class PageBuilder {
    private final LogRange range;
    private final List<LogRecord> records = new ArrayList<>();
    private long bytes;
    private boolean full;

    /** A page without a record. */
    public PageBuilder(LogRange range) {
        this.range = range;
    }

    /** Takes a record of the range if there is room; the first one always. */
    public boolean add(LogRecord record) {
        int size = RecordSize.text(record);
        full = records.size() == range.maxRecords() || !records.isEmpty() && bytes + size > range.maxBytes();
        if (!full) {
            records.add(record);
            bytes += size;
        }
        return !full;
    }

    /** {@return whether it has no record} */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /**
     * The page.
     *
     * @param more whether the range has records that were not offered
     */
    public LogPage build(boolean more) {
        return new LogPage(records, !full && !more);
    }
}
