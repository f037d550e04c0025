package dev.tinysse.broker.fanout;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the streams of one fan-out thread as their clients expect it: behind what was published before, as far as the {@code message}
 * hook decides it in time, between two events, and with a time to come back. That thread alone calls it.
 */
public final class GracefulEnds {
    private static final Duration BRIEF = Duration.ofSeconds(1);
    /** How long a stream that is to end waits for the {@code message} hook: less than the second within which it has to end. */
    private static final Duration HOOK_GRACE = Duration.ofMillis(500);
    private static final RetryDelay OLD_TOKEN = new RetryDelay(2000, 6000);

    private final Executor worker;
    private final StreamTable table;
    private final StreamClock clock;
    private final MessageSource source;
    private final StreamEnds ends;
    private final HookThreads hooks;
    private final StreamFormat format;
    private final Runnable arrive;
    private final Consumer<Stream> queuePending;
    private final Consumer<Stream> proceed;
    private final LongSupplier nanoTime;
    /** Those that are to end, and wait for the {@code message} hook. */
    private final List<Stream> awaitingHook = new ArrayList<>();
    private LongSupplier stopRetry;

    /**
     * The ends of a fan-out thread's streams.
     *
     * @param arrive puts all that has been published up to now into the rings
     * @param queuePending lets what a stream has pending in its ring wait on the stream itself
     * @param proceed writes what a stream has waiting
     */
    GracefulEnds(Executor worker, StreamTable table, StreamClock clock, MessageSource source, StreamEnds ends,
            BrokerParts parts, Runnable arrive, Consumer<Stream> queuePending, Consumer<Stream> proceed) {
        this.worker = worker;
        this.table = table;
        this.clock = clock;
        this.source = source;
        this.ends = ends;
        this.hooks = parts.hooks();
        this.format = parts.format();
        this.nanoTime = parts.clock();
        this.arrive = arrive;
        this.queuePending = queuePending;
        this.proceed = proceed;
    }

    /** Ends a stream whose time is up, as soon as the hook has said when its client shall come back. */
    void timeUp(Stream stream, Duration age) {
        stream.timeUp = true;
        hooks.timeout(stream.subscription, age,
                retryMillis -> worker
                        .execute(() -> finish(stream, format.timeout(retryMillis), EndReason.TIMEOUT)));
    }

    /**
     * Ends a stream whose token expires; no hook is asked. The client of one that had hardly begun has an old token, and is not to come
     * back with it several times a second; unless it is configured when clients come back.
     */
    void expire(Stream stream, Duration age) {
        stream.expires = null;
        RetryDelay retry = hooks.timeoutRetry();
        if (retry.minMillis() < retry.maxMillis() && age.compareTo(BRIEF) < 0) {
            retry = OLD_TOKEN;
        }
        finish(stream, format.expired(retry.nextMillis()), EndReason.EXPIRED);
    }

    /** Ends a stream that is to be disconnected, if it has not ended. */
    public void disconnect(Stream stream, long retryMillis) {
        finish(stream, format.stop(retryMillis), EndReason.DISCONNECTED);
    }

    /** Ends a stream that is to be disconnected, and does not tell its client when to come back. */
    void disconnect(Stream stream) {
        finish(stream, format.end(), EndReason.DISCONNECTED);
    }

    /** From now on every stream ends as soon as it has all that was published. */
    void drain(LongSupplier retryMillis) {
        stopRetry = retryMillis;
        drain();
    }

    /** Ends the streams that have all that was published, if they are to end then. */
    void drain() {
        if (stopRetry != null) {
            for (int i = table.size() - 1; i >= 0; i--) {
                drain(table.get(i));
            }
        }
    }

    /** The same for one stream. */
    void drain(Stream stream) {
        if (stopRetry != null && stream.ending == null && stream.canTake() && stream.replay == null
                && stream.cursor == stream.ring.head()) {
            finish(stream, format.stop(stopRetry.getAsLong()), EndReason.STOP);
        }
    }

    /** Ends the streams that are to end, and have what was published before. */
    void endComplete() {
        for (int i = awaitingHook.size() - 1; i >= 0; i--) {
            Stream stream = awaitingHook.get(i);
            if (stream.state != Stream.State.LIVE) {
                awaitingHook.remove(i);
            } else if (stream.canTake() && stream.left() == 0) {
                awaitingHook.remove(i);
                end(stream);
            }
        }
    }

    /** Ends a stream that is to end and has waited long enough for the hook. */
    void endUndecided(Stream stream) {
        if (stream.isStalled()) {
            ends.close(stream, notReading(stream.ending.reason));
        } else {
            end(stream);
        }
    }

    /** Ends the streams that have not everything at the end of a drain, and take bytes. */
    void endUnfinished() {
        for (int i = table.size() - 1; i >= 0; i--) {
            Stream stream = table.get(i);
            if (stream.state != Stream.State.ENDING && !stream.isStalled()) {
                endNow(stream, EndReason.STOP_UNFINISHED, format.stop(stopRetry.getAsLong()));
            }
        }
    }

    private void finish(Stream stream, byte[] bytes, EndReason reason) {
        if (stream.state == Stream.State.ENDING || stream.state == Stream.State.ENDED) {
            return;
        }
        if (stream.ending != null && reason != EndReason.EXPIRED) {
            return; // it is to end already
        }
        if (reason != EndReason.STOP) { // then it has everything
            arrive.run();
        }
        if (stream.isStalled()) { // at a stop, a stalled stream is not finished
            ends.close(stream, notReading(reason));
            return;
        }
        if (stream.state == Stream.State.LIVE && stream.replay == null && stream.ending == null) {
            if (stream.inHook == 0 && !hooks.calls().has(Hook.MESSAGE)) {
                queuePending.accept(stream);
            } else if (stream.inHook + stream.left() > 0 && reason != EndReason.EXPIRED) {
                awaitHook(stream, reason, bytes);
                return;
            }
        }
        endNow(stream, reason, bytes);
    }

    private static EndReason notReading(EndReason reason) {
        return switch (reason) {
            case DISCONNECTED -> EndReason.DISCONNECTED_NOT_READING;
            case EXPIRED -> EndReason.EXPIRED_NOT_READING;
            default -> EndReason.TIMEOUT_NOT_READING;
        };
    }

    /** Lets the {@code message} hook decide the messages that were published before, but not for long. */
    private void awaitHook(Stream stream, EndReason reason, byte[] bytes) {
        Deque<Entry> left = source.takeAll(stream);
        long now = nanoTime.getAsLong();
        stream.ending = new Stream.Ending(reason, bytes, now + HOOK_GRACE.toNanos(), left,
                source.untakenOfRing(stream));
        ends.leave(stream);
        awaitingHook.add(stream);
        clock.set(stream, now);
        proceed.accept(stream);
    }

    private void endNow(Stream stream, EndReason reason, byte[] bytes) {
        if (stream.state == Stream.State.ENDED) {
            return;
        }
        stream.ending = stream.ending == null
                // a client in the middle of the history continues there
                ? new Stream.Ending(reason, bytes, 0, new ArrayDeque<>(),
                        stream.replay == null ? source.untakenOfRing(stream) : 0)
                : stream.ending.with(reason, bytes);
        end(stream);
    }

    private void end(Stream stream) {
        if (stream.state == Stream.State.ENDED) {
            return;
        }
        ends.leave(stream); // before the client can see the end, and count
        stream.beginEnd();
        stream.output().addControl(stream.end(stream.ending.bytes));
        proceed.accept(stream);
    }
}
