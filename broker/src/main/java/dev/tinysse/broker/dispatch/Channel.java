package dev.tinysse.broker.dispatch;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A channel that streams ask for, and the counts of its messages. The {@link Dispatcher} adds messages and interests under its lock;
 * any thread may read and update the counts.
 */
public final class Channel {
    public final String name;
    private final int capacity;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile long appended;
    private final AtomicLong delivered = new AtomicLong();
    /** Only ever appended to; a removal makes another array. So a message can tell who asked for it by array and count. */
    private Interest[] interests = new Interest[1];
    private int interestCount;
    /** Whether a message came since the last look at it. */
    private boolean used = true;
    /** Counts the notices for streams that request them, apart from messages; null before the first. */
    private @Nullable Channel notices;

    public Channel(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    void add(Interest interest) {
        if (interestCount == interests.length) {
            interests = Arrays.copyOf(interests, 2 * interestCount);
        }
        interests[interestCount++] = interest;
    }

    void remove(Interest interest) {
        Interest[] others = new Interest[Math.max(1, interestCount - 1)];
        int count = 0;
        for (int i = 0; i < interestCount; i++) {
            if (interests[i] != interest) {
                others[count++] = interests[i];
            }
        }
        interests = others;
        interestCount = count;
    }

    /** How many streams ask for it. */
    int subscribers() {
        int all = 0;
        for (int i = 0; i < interestCount; i++) {
            all += interests[i].streams();
        }
        return all;
    }

    /** Whether a stream of a fan-out thread asks for it. */
    boolean isWanted(int worker) {
        for (int i = 0; i < interestCount; i++) {
            if (interests[i].streams(worker) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether an interest names it, and does not only match it. */
    boolean isNamed() {
        for (int i = 0; i < interestCount; i++) {
            if (interests[i].channels.names().contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** This channel for notices alone, with the streams that receive joins and leaves. */
    Channel notices() {
        used = true;
        Channel all = notices;
        if (all == null) {
            all = new Channel(name, capacity);
            notices = all;
        }
        all.interests = Arrays.stream(interests, 0, interestCount).filter(interest -> interest.presence)
                .toArray(Interest[]::new);
        all.interestCount = all.interests.length;
        return all;
    }

    /** Counts a message. {@return its number among those of the channel} */
    long nextSequence() {
        used = true;
        queued.incrementAndGet();
        long sequence = appended;
        appended = sequence + 1;
        return sequence;
    }

    /** The interests at this moment: the first ones, as many as {@link #interestCount}, never change. */
    Interest[] interests() {
        return interests;
    }

    int interestCount() {
        return interestCount;
    }

    /** All streams have taken a message, or it has expired. */
    void takenByAll() {
        queued.decrementAndGet();
    }

    /** So many streams more have been sent a message. */
    void delivered(int streams) {
        delivered.addAndGet(streams);
    }

    /** Whether as many messages are newer as a stream may be behind. */
    boolean hasExpired(long sequence) {
        return appended - sequence > capacity;
    }

    /** Messages not yet delivered to every stream, at most the capacity. */
    public int queued() {
        return Math.min(queued.get(), capacity);
    }

    ChannelCounts counts() {
        return new ChannelCounts(subscribers(), appended, delivered.get());
    }

    /** Whether nobody has used it since this was last asked, and all messages are taken. */
    boolean isIdle() {
        boolean idle = !used && queued.get() == 0 && (notices == null || notices.queued.get() == 0);
        used = false;
        return idle;
    }
}
