package dev.tinysse.broker.log;

/** How much a page still takes. For one thread. */
final class PageRoom {
    private final LogRange range;
    private int records;
    private long bytes;
    private boolean full;

    /** The room of a page without a record. */
    PageRoom(LogRange range) {
        this.range = range;
    }

    /** Whether there is room for a record that has so much text; for the first one there is. If not, the page is full. */
    boolean take(int text) {
        full = records == range.maxRecords() || records > 0 && bytes + text > range.maxBytes();
        if (!full) {
            records++;
            bytes += text;
        }
        return !full;
    }

    boolean isFull() {
        return full;
    }
}
