package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.log.LogRecord;
import java.util.Arrays;

/**
 * A channel that streams ask for. The {@link Dispatcher} adds messages and interests under its lock; the counts may be read by any
 * thread.
 */
public final class Channel {
    public final String name;
    private final int capacity;
    private final ChannelBacklog backlog;
    /** Only ever appended to; a removal makes another array. So a message can tell who asked for it by array and count. */
    private Interest[] interests = new Interest[1];
    private int interestCount;
    /** Whether a message came since the last look at it. */
    private boolean used = true;
    /** Counts the notices for streams that request them, apart from messages; null before the first. */
    private Channel notices;

    public Channel(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
        this.backlog = new ChannelBacklog(name, capacity);
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

    /** Adds a message for its subscribers, of whom there are some. */
    public QueuedEntry append(LogRecord message, byte[] frame, int subscribers) {
        used = true;
        return new QueuedEntry(backlog, backlog.append(), message.position(), message.publication(), frame, interests,
                interestCount, subscribers);
    }

    /** This channel for notices alone, with the streams that receive joins and leaves. */
    Channel notices() {
        used = true;
        if (notices == null) {
            notices = new Channel(name, capacity);
        }
        notices.interests = Arrays.stream(interests, 0, interestCount).filter(interest -> interest.presence)
                .toArray(Interest[]::new);
        notices.interestCount = notices.interests.length;
        return notices;
    }

    /** Adds a notice for its subscribers, of whom there are some. */
    QueuedEntry append(long position, byte[] frame) {
        return new QueuedEntry(backlog, backlog.append(), position, frame, interests, interestCount, subscribers());
    }

    /** Messages not yet delivered to every stream, at most the capacity. */
    public int queued() {
        return backlog.queued();
    }

    ChannelCounts counts() {
        return new ChannelCounts(subscribers(), backlog.appended(), backlog.delivered());
    }

    /** Whether nobody has used it since this was last asked, and all messages are taken. */
    boolean isIdle() {
        boolean idle = !used && backlog.isEmpty() && (notices == null || notices.backlog.isEmpty());
        used = false;
        return idle;
    }
}
