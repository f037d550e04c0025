package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.figures.Timings;
import dev.tinysse.broker.log.LogRecord;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A message that has just been published, counted down as streams take it. Safe for any thread. */
public final class QueuedEntry extends Entry implements FanOutEvent {
    private static final AtomicIntegerFieldUpdater<QueuedEntry> PASSES = AtomicIntegerFieldUpdater
            .newUpdater(QueuedEntry.class, "passes");
    private static final int EXPIRED = Integer.MIN_VALUE / 2;
    /** More streams do not add to the weight: each of them may have a batch that makes its write worth its cost. */
    static final int MAX_WEIGHTED_STREAMS = 64;

    private final Channel channel;
    /** Its number among the messages of the channel. */
    private final long sequence;
    /** Those that asked for the channel when it was published. */
    private final Interest[] interests;
    private final int interestCount;
    private final AtomicInteger untaken;
    private final long weight;
    /** When it was accepted, and how many fan-out threads have not brought it to their streams; 0 unless that is timed. */
    private long accepted;
    private volatile int passes;

    /** A message for the subscribers of a channel, of whom there are so many. To be created under the lock of the channel. */
    public QueuedEntry(Channel channel, LogRecord message, byte[] frame, int subscribers) {
        super(message, message.publication(), frame);
        this.channel = channel;
        this.sequence = channel.nextSequence();
        this.interests = channel.interests();
        this.interestCount = channel.interestCount();
        this.untaken = new AtomicInteger(subscribers);
        this.weight = (long) frame.length * Math.min(subscribers, MAX_WEIGHTED_STREAMS);
    }

    /** A notice for the subscribers of a channel for notices. */
    QueuedEntry(Channel channel, long position, byte[] frame) {
        super(position, frame);
        this.channel = channel;
        this.sequence = channel.nextSequence();
        this.interests = channel.interests();
        this.interestCount = channel.interestCount();
        int subscribers = channel.subscribers();
        this.untaken = new AtomicInteger(subscribers);
        this.weight = (long) frame.length * Math.min(subscribers, MAX_WEIGHTED_STREAMS);
    }

    /** Whether it is for streams with these channels. */
    public boolean isFor(Interest interest) {
        return (!notice || interest.presence) && interest.channels.contains(channel.name);
    }

    /** The name of its channel. */
    public String channel() {
        return channel.name;
    }

    /** Begins to measure the latency until so many fan-out threads have written it to their streams. Call it before any of them has it. */
    void time(long now, int workers) {
        accepted = now;
        passes = workers;
    }

    /** Whether somebody wants to know how long that takes. */
    public boolean isTimed() {
        return passes > 0;
    }

    /** A fan-out thread has brought it to all its streams that can take it. The last one of them adds the time, as the owner. */
    public void passed(long now, Timings timings) {
        if (PASSES.decrementAndGet(this) == 0) {
            timings.addOwned(Math.max(0, now - accepted));
        }
    }

    /** The bytes that fan-out threads write for it, to 64 streams at most: a measure of how long they are busy with it. */
    public long weight() {
        return weight;
    }

    public int interestCount() {
        return interestCount;
    }

    public Interest interest(int number) {
        return interests[number];
    }

    /** So many more streams have taken it, or have gone. */
    public void taken(int streams) {
        if (untaken.addAndGet(-streams) == 0) {
            channel.takenByAll();
        }
    }

    /** So many more streams have been sent it, and so have taken it. */
    public void delivered(int streams) {
        channel.delivered(streams);
        taken(streams);
    }

    @Override
    public void skipped() {
        channel.delivered(-1);
    }

    /** Whether all streams have taken it; not if some had not when it {@linkplain #expire expired}. */
    public boolean isTakenByAll() {
        int left = untaken.get();
        return left <= 0 && left > EXPIRED / 2;
    }

    /** Whether there are as many newer ones in the channel as a stream may be behind. */
    public boolean isExpired() {
        return channel.hasExpired(sequence);
    }

    /** Gives up on streams that have not taken it. */
    public void expire() {
        if (untaken.getAndSet(EXPIRED) > 0) {
            channel.takenByAll();
        }
    }
}
