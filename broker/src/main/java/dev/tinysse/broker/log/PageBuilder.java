package dev.tinysse.broker.log;

import java.util.ArrayList;
import java.util.List;

/** Collects the records of a page. For one thread. */
final class PageBuilder {
    private final LogRange range;
    private final List<LogRecord> records = new ArrayList<>();
    private long bytes;
    private boolean full;

    PageBuilder(LogRange range) {
        this.range = range;
    }

    /** Takes a record of the range if there is room. */
    boolean add(LogRecord record) {
        int size = RecordSize.text(record);
        full = records.size() == range.maxRecords() || !records.isEmpty() && bytes + size > range.maxBytes();
        if (!full) {
            records.add(record);
            bytes += size;
        }
        return !full;
    }

    LogPage build() {
        return new LogPage(records, !full);
    }
}
