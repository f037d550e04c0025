package dev.tinysse.cluster.redis;

import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** Collects the records of a page. For one thread. */
final class PageMerge {
    private static final int REQUEST = 48;

    private final LogRange range;
    private final List<LogRecord> records = new ArrayList<>();
    private long bytes;

    PageMerge(LogRange range) {
        this.range = range;
    }

    /** Takes a record if there is room. */
    boolean add(LogRecord record) {
        int size = record.publication().message().data().map(String::length).orElse(0) + REQUEST;
        if (records.size() == range.maxRecords() || !records.isEmpty() && bytes + size > range.maxBytes()) {
            return false;
        }
        records.add(record);
        bytes += size;
        return true;
    }

    LogPage complete() {
        return new LogPage(records, true);
    }

    LogPage incomplete() {
        return new LogPage(records, false);
    }
}
