package dev.tinysse.broker.delivery;

import dev.tinysse.broker.stream.BrokerConfig;

/** Computes the deadlines of streams, and what is due. One thread only. */
final class StreamClock {
    enum Due {
        NOTHING, KEEP_ALIVE, TIME_UP, UNANSWERED, EXPIRED, UNDECIDED, SLOW_CONSUMER
    }

    private final DeadlineWheel deadlines;
    private final long keepAlive;
    private final long timeout;
    private final long writeTimeout;

    StreamClock(BrokerConfig config, DeadlineWheel deadlines) {
        this.deadlines = deadlines;
        this.keepAlive = config.keepAlive().toNanos();
        this.timeout = config.timeout().toNanos();
        this.writeTimeout = config.writeTimeout().toNanos();
    }

    Due due(Stream stream, long now) {
        if (stream.isStalled() && writeTimeout > 0 && now - stream.stall.since >= writeTimeout) {
            return Due.SLOW_CONSUMER;
        }
        if (stream.expires != null && now - stream.expires >= 0) {
            return Due.EXPIRED;
        }
        if (stream.isEndingLate(now)) {
            return Due.UNDECIDED;
        }
        if (stream.latestEnd == null && timeout > 0 && now - stream.opened >= timeout) {
            return Due.TIME_UP;
        }
        if (stream.waitsForTimeoutHook() && now - stream.latestEnd >= 0) {
            return Due.UNANSWERED;
        }
        if (!stream.hasOutput() && keepAlive > 0 && now - stream.lastWrite >= keepAlive) {
            return Due.KEEP_ALIVE;
        }
        return Due.NOTHING;
    }

    /** Sets the stream's next deadline, unless one is set that is no later. */
    void set(Stream stream, long now) {
        long next = Long.MAX_VALUE;
        if (stream.isStalled()) {
            next = sooner(next, stream.stall.since, writeTimeout, now);
        } else {
            next = sooner(next, stream.lastWrite, keepAlive, now);
        }
        if (stream.latestEnd == null) {
            next = sooner(next, stream.opened, timeout, now);
        } else if (stream.waitsForTimeoutHook()) {
            next = Math.min(next, stream.latestEnd - now);
        }
        if (stream.expires != null) {
            next = Math.min(next, stream.expires - now);
        }
        if (stream.waitsToEnd()) {
            next = Math.min(next, stream.ending.deadline() - now);
        }
        if (next != Long.MAX_VALUE && deadlines.isLater(stream, now + next)) {
            deadlines.set(stream, now + next);
        }
    }

    void clear(Stream stream) {
        deadlines.clear(stream);
    }

    private static long sooner(long left, long since, long limit, long now) {
        return limit == 0 ? left : Math.min(left, since + limit - now);
    }
}
