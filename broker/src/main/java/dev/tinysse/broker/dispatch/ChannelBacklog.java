package dev.tinysse.broker.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages of a channel have been published, sent, and not been taken yet. One thread at a time adds messages; all else is for
 * any thread.
 */
final class ChannelBacklog {
    /** The name of the channel. */
    final String channel;
    private final int capacity;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile long appended;
    private final AtomicLong delivered = new AtomicLong();

    ChannelBacklog(String channel, int capacity) {
        this.channel = channel;
        this.capacity = capacity;
    }

    /** Counts a message; hands back its number among those of the channel. */
    long append() {
        queued.incrementAndGet();
        long sequence = appended;
        appended = sequence + 1;
        return sequence;
    }

    /** Messages not yet delivered to every stream, at most the capacity. */
    int queued() {
        return Math.min(queued.get(), capacity);
    }

    /** Whether each message has been taken by all. */
    boolean isEmpty() {
        return queued.get() == 0;
    }

    /** How many messages there have been. */
    long appended() {
        return appended;
    }

    /** How often a message has been sent to a stream. */
    long delivered() {
        return delivered.get();
    }

    /** So many streams have been sent a message. */
    void delivered(int streams) {
        delivered.addAndGet(streams);
    }

    void takenByAll() {
        queued.decrementAndGet();
    }

    /** Whether there are as many newer messages as a stream may be behind. */
    boolean hasExpired(long sequence) {
        return appended - sequence > capacity;
    }
}
