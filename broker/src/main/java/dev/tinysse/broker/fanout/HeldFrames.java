package dev.tinysse.broker.fanout;

/**
 * How much memory is held by frames that were made for one stream alone and that its client does not take: of a replay, or of a
 * {@code message} hook that changes messages. One thread only.
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

    /** Counts what waits on a stream, again if it was counted before. */
    void hold(Stream stream) {
        release(stream);
        stream.held = stream.pendingBytes();
        if (stream.held > 0) {
            held += stream.held;
            streams++;
        }
    }

    /** Forgets a stream that has been sent everything, or is gone. */
    void release(Stream stream) {
        if (stream.held > 0) {
            held -= stream.held;
            streams--;
            stream.held = 0;
        }
    }

    /** Whether a stream has to go. What a single one holds is always allowed. */
    boolean isExceeded() {
        return held > limit && streams > 1;
    }
}
