package dev.tinysse.broker.delivery;

/**
 * How much memory is held by bytes that were made for one stream alone and that its client does not accept: frames of a replay, or of a
 * {@code message} hook that changes messages, and what a channel has encrypted. One thread only.
 *
 * <p>A stream that holds such frames gets no others, but many streams may hold some. So there is a limit for all of them.
 */
final class HeldFrames {
    private final long limit;
    private long held;
    private int streams;

    HeldFrames(long limit) {
        this.limit = limit;
    }

    /** A stream holds another number of bytes than before. */
    void changed(long before, long after) {
        held += after - before;
        streams += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    /** Whether a stream has to go. What a single one holds is always allowed. */
    boolean isExceeded() {
        return held > limit && streams > 1;
    }
}
