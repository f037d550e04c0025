package dev.tinysse.broker.log;

import java.util.ArrayList;
import java.util.List;

/** Collects the records of a page, as many as its range lets it have. For one thread. */
public final class PageBuilder {
    private final List<LogRecord> records = new ArrayList<>();
    private final PageRoom room;

    /** A page without a record. */
    public PageBuilder(LogRange range) {
        room = new PageRoom(range);
    }

    /** Takes a record of the range if there is room; the first one always. */
    public boolean add(LogRecord record) {
        return room.take(PageRoom.text(record.publication().message())) && records.add(record);
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
        return new LogPage(records, !room.isFull() && !more);
    }
}
