package dev.tinysse.broker.delivery;

/**
 * How much memory is held by bytes that were made for one stream alone and that its client does not take: frames of a replay, or of a
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

    /** Counts what waits on a stream that has stalled, again if it was counted before. */
    void hold(Stream stream) {
        release(stream);
        hold(stream, stream.pendingBytes() + stream.channel.pending());
    }

    /** Counts what the channel of a stream that has stalled has taken and its client has not. */
    void holdPending(Stream stream) {
        if (stream.stall.held == 0) {
            hold(stream, stream.channel.pending());
        }
    }

    private void hold(Stream stream, long bytes) {
        stream.stall.held = bytes;
        if (bytes > 0) {
            held += bytes;
            streams++;
        }
    }

    /** Forgets a stream that has been sent everything, or is gone. */
    void release(Stream stream) {
        if (stream.isStalled() && stream.stall.held > 0) {
            held -= stream.stall.held;
            streams--;
            stream.stall.held = 0;
        }
    }

    /** Whether a stream has to go. What a single one holds is always allowed. */
    boolean isExceeded() {
        return held > limit && streams > 1;
    }
}
