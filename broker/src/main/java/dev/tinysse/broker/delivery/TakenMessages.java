package dev.tinysse.broker.delivery;

/** Counts streams that take the same messages of a ring one after the other, and reports them to the ring together. One thread only. */
final class TakenMessages {
    private Ring ring;
    private long from;
    private long to;
    private int streams;

    /** One more stream has taken these messages of a ring. */
    void add(Ring of, long first, long end) {
        if (from != first || to != end || ring != of) {
            settle();
            ring = of;
            from = first;
            to = end;
        }
        streams++;
    }

    /** Reports to the ring what has been taken so far. To be called after a round of writes. */
    void settle() {
        if (streams > 0) {
            ring.delivered(from, to, streams);
            ring.trim();
            streams = 0;
        }
        ring = null;
    }
}
