package dev.tinysse.broker.log;

import dev.tinysse.api.Message;

/** How much a page still takes. For one thread. */
public final class PageRoom {
    /** The size of a record beside its text. */
    private static final int RECORD = 48;

    private final LogRange range;
    private int records;
    private long bytes;
    private boolean full;

    /** The room of a page without a record. */
    public PageRoom(LogRange range) {
        this.range = range;
    }

    /** Whether there is room for a record that has so much text; for the first one there is. If not, the page is full. */
    public boolean take(int text) {
        int size = RECORD + text;
        full = records == range.maxRecords() || records > 0 && bytes + size > range.maxBytes();
        if (!full) {
            records++;
            bytes += size;
        }
        return !full;
    }

    /** {@return how much text a message has} */
    public static int text(Message message) {
        int length = message.data().map(String::length).orElse(0) + message.event().map(String::length).orElse(0);
        for (String comment : message.comments()) {
            length += comment.length();
        }
        return length;
    }

    /** {@return whether a record was not taken} */
    public boolean isFull() {
        return full;
    }
}
