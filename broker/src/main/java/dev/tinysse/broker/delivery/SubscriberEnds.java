package dev.tinysse.broker.delivery;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.broker.stream.StreamFormat;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the streams of one delivery thread: at once, or as their clients expect it, behind what was published before, between two
 * events, and with a reconnection delay. Removes them everywhere, counts what was lost with them, logs the reason, and notifies owners
 * and hooks. That thread alone calls it.
 */
final class SubscriberEnds {
    private static final Logger LOG = System.getLogger("tinysse");
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final RetryDelay OLD_TOKEN = new RetryDelay(2000, 6000);

    private final Mailbox mailbox;
    private final SubscriberTable table;
    private final SubscriberGroups groups;
    private final DeliveryContext context;
    private final BrokerParts parts;
    private final HookThreads hooks;
    private final StreamFormat format;
    /** Those that are to end, and wait for the {@code message} hook. */
    private final List<Subscriber> incomplete = new ArrayList<>();
    /**
     * Those whose channels are on their way back to their owners. A channel cannot be made blocking again before the selector has let go
     * of it, which it does in the round after the one in which the stream ended.
     */
    private final Queue<Subscriber> returning = new ArrayDeque<>();
    /** Null unless streams end as soon as they have all that was published. */
    private @Nullable RetryDelay drainDelay;

    SubscriberEnds(Mailbox mailbox, SubscriberTable table, SubscriberGroups groups, DeliveryContext context,
            BrokerParts parts) {
        this.mailbox = mailbox;
        this.table = table;
        this.groups = groups;
        this.context = context;
        this.parts = parts;
        this.hooks = parts.hooks();
        this.format = parts.format();
    }

    /** Calls the {@code timeout} hook of a stream that has reached its maximum lifetime, for the reconnection delay. */
    void timeOut(Subscriber subscriber) {
        hooks.timeout(subscriber, age(subscriber), mailbox);
    }

    /** Ends a stream that has reached its maximum lifetime, without the hook, which may wait for another call of the script. */
    void timeOutWithoutHook(Subscriber subscriber) {
        timeOut(subscriber, hooks.timeoutRetry().nextMillis());
    }

    /** Ends a stream that has reached its maximum lifetime. */
    void timeOut(Subscriber subscriber, long retryMillis) {
        finish(subscriber, format.timeout(retryMillis), EndReason.TIMEOUT);
    }

    /**
     * Ends a stream whose token expires; no hook is asked. The client of one that had hardly begun has an old token, and must not
     * reconnect with it several times a second, unless the delay is configured.
     */
    void expire(Subscriber subscriber) {
        RetryDelay retry = hooks.timeoutRetry();
        if (retry.minMillis() < retry.maxMillis() && age(subscriber).compareTo(BRIEF) < 0) {
            retry = OLD_TOKEN;
        }
        finish(subscriber, format.expired(retry.nextMillis()), EndReason.EXPIRED);
    }

    /** Ends a stream that is to be disconnected, if it has not ended. */
    void disconnect(Subscriber subscriber) {
        finish(subscriber, format.stop(parts.config().timeoutRetry().nextMillis()), EndReason.DISCONNECTED);
    }

    /** The same, without a reconnection delay. */
    void disconnectForGood(Subscriber subscriber) {
        finish(subscriber, format.end(), EndReason.DISCONNECTED);
    }

    /** From now on every stream ends as soon as it has all that was published. */
    void drain(RetryDelay delay) {
        drainDelay = delay;
        drain();
    }

    /** Ends the streams that have all that was published, if they are to end then. */
    void drain() {
        if (drainDelay != null) {
            for (int i = table.size() - 1; i >= 0; i--) {
                drain(table.get(i));
            }
        }
    }

    /** The same for one stream. */
    void drain(Subscriber subscriber) {
        if (drainDelay != null && subscriber.hasAllOfRing()) {
            finish(subscriber, format.stop(drainDelay.nextMillis()), EndReason.STOP);
        }
    }

    /** Ends all streams of a drain that does not wait any longer: their clients reconnect for the other messages. */
    void endDrain() {
        RetryDelay delay = Objects.requireNonNull(drainDelay); // a drain has begun
        for (int i = table.size() - 1; i >= 0; i--) {
            Subscriber subscriber = table.get(i);
            if (subscriber.isWaitingToEnd()) {
                giveUp(subscriber);
            } else {
                finish(subscriber, format.stop(delay.nextMillis()), EndReason.STOP);
            }
        }
        closeAll();
    }

    /** Ends the streams that are to end, and have what was published before. */
    void endComplete() {
        for (int i = incomplete.size() - 1; i >= 0; i--) {
            Subscriber subscriber = incomplete.get(i);
            if (!subscriber.isWaitingToEnd()) {
                incomplete.remove(i);
            } else if (subscriber.replay().isPresent() || subscriber.canTake() && subscriber.left() <= 0) {
                incomplete.remove(i);
                endNow(subscriber);
            }
        }
    }

    private void finish(Subscriber subscriber, byte[] bytes, EndReason reason) {
        if (subscriber.isEnding()) {
            return;
        }
        if (reason != EndReason.STOP) { // then it has everything
            groups.arrive();
        }
        if (subscriber.isStalled()) { // at a stop, a stalled stream is not finished
            close(subscriber, reason.slowConsumer());
            return;
        }
        boolean waits = subscriber.isWaitingToEnd();
        long now = context.readClock();
        subscriber.endWith(reason, bytes, now);
        boolean live = subscriber.isLive();
        if (live && !subscriber.isInHook() && !hooks.calls().has(Hook.MESSAGE)) {
            queueLast(subscriber);
            endNow(subscriber);
        } else if (live && (subscriber.isInHook() || subscriber.left() > 0)) {
            if (subscriber.isEndingLate(now)) {
                giveUp(subscriber);
            } else if (!waits) {
                incomplete.add(subscriber);
                depart(subscriber);
                subscriber.setDeadline(now);
            }
        } else if (reason == EndReason.STOP && !live) { // its replay is incomplete
            giveUp(subscriber, EndReason.STOP_UNFINISHED);
        } else {
            endNow(subscriber);
        }
    }

    private void queueLast(Subscriber subscriber) {
        try {
            groups.limitOverlap(subscriber);
            subscriber.queueLast();
        } catch (RuntimeException | Error e) {
            fail(subscriber, e);
        }
    }

    /** Ends a stream that is to end, and does not wait any longer for the {@code message} hook. */
    void giveUp(Subscriber subscriber) {
        if (subscriber.isStalled()) {
            close(subscriber, subscriber.endReason().slowConsumer());
        } else {
            giveUp(subscriber, subscriber.endReason().inHook());
        }
    }

    private void giveUp(Subscriber subscriber, EndReason reason) {
        subscriber.giveUp(reason);
        endNow(subscriber);
    }

    private void endNow(Subscriber subscriber) {
        if (subscriber.hasEnded()) {
            return;
        }
        subscriber.endNow();
        leave(subscriber); // before the client can see the end, and count
        try {
            context.readClock();
            if (subscriber.writable(false) == Subscriber.Step.RELEASE) {
                release(subscriber);
            } else {
                subscriber.setDeadline(context.now());
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(subscriber, e);
        }
    }

    /** Closes a stream of which a read or a write failed, or anything else. */
    void fail(Subscriber subscriber, Throwable failure) {
        if (failure instanceof IOException broken) {
            close(subscriber, EndReason.of(broken));
        } else {
            LOG.log(Level.ERROR, "a stream failed: client=%s: %s".formatted(subscriber.client(), failure), failure);
            close(subscriber, EndReason.FAILED);
        }
    }

    /** Closes the channel. Does nothing to a stream that has ended. */
    void close(Subscriber subscriber, EndReason reason) {
        if (subscriber.hasEnded()) {
            return;
        }
        try {
            end(subscriber, reason);
        } finally {
            try {
                subscriber.closeConnection();
            } finally {
                closed(subscriber);
            }
        }
    }

    private void closed(Subscriber subscriber) {
        try {
            subscriber.owner().closed();
        } finally {
            parts.open().end();
        }
    }

    /** Returns the channel of a stream to its owner: its last bytes are sent. */
    void release(Subscriber subscriber) {
        if (subscriber.hasEnded()) {
            return;
        }
        try {
            end(subscriber, subscriber.endReason());
        } finally {
            subscriber.unwatch();
            returning.add(subscriber);
        }
    }

    /** How many channels wait to be returned. */
    int returning() {
        return returning.size();
    }

    /** Returns so many channels to their owners, those that were added first. */
    void returnChannels(int count) {
        for (int i = 0; i < count; i++) {
            try {
                returning.remove().returnChannel();
            } finally {
                parts.open().end();
            }
        }
    }

    /** Closes the streams that are left. */
    void closeAll() {
        while (table.size() > 0) {
            close(table.get(table.size() - 1), EndReason.STOP_UNFINISHED);
        }
    }

    /** While frames made for single clients hold too much memory, closes the stream that stalled first. */
    void closeHolders() {
        while (context.isTooMuchHeld()) {
            Subscriber first = null;
            for (int i = 0; i < table.size(); i++) {
                Subscriber subscriber = table.get(i);
                if (subscriber.isHolding()
                        && (first == null || subscriber.stalledSince() - first.stalledSince() < 0)) {
                    first = subscriber;
                }
            }
            if (first == null) {
                return;
            }
            close(first, EndReason.MEMORY_LIMIT);
        }
    }

    /** Tells the hook that a stream is gone, once. */
    void unsubscribe(Subscriber subscriber) {
        if (subscriber.unsubscribe()) {
            hooks.unsubscribe(subscriber.subscription());
        }
    }

    private void depart(Subscriber subscriber) {
        if (subscriber.depart()) {
            groups.depart(subscriber);
            if (parts.presence().isPresent()) {
                parts.presence().get().ended(subscriber.subscription());
            }
        }
    }

    private void leave(Subscriber subscriber) {
        if (subscriber.leaveGroup()) {
            long end = subscriber.countedUpTo();
            depart(subscriber);
            groups.remove(subscriber, end);
        }
    }

    private void end(Subscriber subscriber, EndReason reason) {
        long untaken = subscriber.untaken();
        subscriber.ended();
        table.remove(subscriber);
        leave(subscriber);
        context.figures.closed(reason.closed);
        log(subscriber, reason, untaken);
        report(subscriber, reason, untaken);
        if (subscriber.isCaughtUp() || reason == EndReason.STOP_UNFINISHED) { // nobody waits any longer for a replay
            unsubscribe(subscriber);
        }
    }

    private void log(Subscriber subscriber, EndReason reason, long untaken) {
        boolean cutOff = reason.isCutOff(untaken);
        if (cutOff) {
            parts.losses().add(untaken);
        }
        Level level = cutOff ? Level.INFO : Level.DEBUG;
        if (LOG.isLoggable(level)) {
            LOG.log(level, "stream %s: reason=%s client=%s undelivered=%d age=%dms".formatted(
                    cutOff ? "closed" : "ended", reason, subscriber.client(), untaken,
                    TimeUnit.NANOSECONDS.toMillis(parts.clock().nanos() - subscriber.opened())));
        }
    }

    private void report(Subscriber subscriber, EndReason reason, long untaken) {
        try {
            subscriber.owner().ended(new StreamEnding(subscriber.subscription(), reason.closed, age(subscriber),
                    subscriber.messages(), subscriber.bytes(),
                    subscriber.lost() + (reason.isCutOff(untaken) ? untaken : 0)));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "owner did not take the end of its stream: " + e, e);
        }
    }

    private Duration age(Subscriber subscriber) {
        return Duration.ofNanos(parts.clock().nanos() - subscriber.opened());
    }
}
