package dev.tinysse.broker.delivery;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the streams of one fan-out thread as their clients expect it: behind what was published before, between two events, and with a
 * reconnection delay. That thread alone calls it.
 */
public final class GracefulEnds {
    private static final Duration BRIEF = Duration.ofSeconds(1);
    /** How long a stream that is to end waits for the {@code timeout} and {@code message} hooks. */
    private static final Duration IN_HOOK = Duration.ofMillis(500);
    private static final RetryDelay OLD_TOKEN = new RetryDelay(2000, 6000);

    private final Executor worker;
    private final StreamTable table;
    private final StreamClock clock;
    private final StreamEnds ends;
    private final HookThreads hooks;
    private final LongSupplier nanoTime;
    private final StreamFormat format;
    private final Runnable arrive;
    private final Consumer<Stream> queuePending;
    private final Consumer<Stream> proceed;
    /** Those that are to end, and wait for the {@code message} hook. */
    private final List<Stream> incomplete = new ArrayList<>();
    private LongSupplier stopRetry;

    /**
     * The ends of a fan-out thread's streams.
     *
     * @param arrive puts all that has been published up to now into the rings
     * @param queuePending lets what a stream has pending in its ring wait on the stream itself
     * @param proceed writes what a stream has waiting
     */
    GracefulEnds(Executor worker, StreamTable table, StreamClock clock, StreamEnds ends, BrokerParts parts,
            Runnable arrive, Consumer<Stream> queuePending, Consumer<Stream> proceed) {
        this.worker = worker;
        this.table = table;
        this.clock = clock;
        this.ends = ends;
        this.hooks = parts.hooks();
        this.nanoTime = parts.clock();
        this.format = parts.format();
        this.arrive = arrive;
        this.queuePending = queuePending;
        this.proceed = proceed;
    }

    /** Ends a stream whose time is up, as soon as the hook has returned the reconnection delay. */
    void timeUp(Stream stream, Duration age) {
        stream.latestEnd = nanoTime.getAsLong() + IN_HOOK.toNanos();
        hooks.timeout(stream.subscription, age, retryMillis -> worker.execute(() -> timeUp(stream, retryMillis)));
    }

    /** Ends a stream whose time is up without the hook, which may wait for another call of the script. */
    void timeUp(Stream stream) {
        timeUp(stream, hooks.timeoutRetry().nextMillis());
    }

    private void timeUp(Stream stream, long retryMillis) {
        finish(stream, format.timeout(retryMillis), EndReason.TIMEOUT);
    }

    /**
     * Ends a stream whose token expires; no hook is asked. The client of one that had hardly begun has an old token, and must not
     * reconnect with it several times a second, unless the delay is configured.
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

    /** Ends a stream that is to be disconnected, without a reconnection delay. */
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
        if (stopRetry != null && stream.canTake() && stream.replay == null
                && stream.cursor == stream.ring.head()) {
            finish(stream, format.stop(stopRetry.getAsLong()), EndReason.STOP);
        }
    }

    /** Ends all streams of a drain that does not wait any longer: their clients reconnect for the other messages. */
    void drainNow() {
        for (int i = table.size() - 1; i >= 0; i--) {
            Stream stream = table.get(i);
            if (stream.waitsToEnd()) {
                giveUp(stream);
            } else {
                finish(stream, format.stop(stopRetry.getAsLong()), EndReason.STOP);
            }
        }
    }

    /** Ends the streams that are to end, and have what was published before. */
    void endComplete() {
        for (int i = incomplete.size() - 1; i >= 0; i--) {
            Stream stream = incomplete.get(i);
            if (stream.state != Stream.State.LIVE) {
                incomplete.remove(i);
            } else if (stream.replay != null || stream.canTake() && stream.left() <= 0) {
                incomplete.remove(i);
                end(stream);
            }
        }
    }

    /** Ends a stream that is to end, and does not wait any longer for the {@code message} hook. */
    void giveUp(Stream stream) {
        if (stream.isStalled()) {
            ends.close(stream, stream.ending.reason().slowConsumer());
            return;
        }
        giveUp(stream, stream.ending.reason().inHook());
    }

    private void giveUp(Stream stream, EndReason reason) {
        stream.ending = stream.ending.giveUp(reason, ends.undecided(stream));
        end(stream);
    }

    private void finish(Stream stream, byte[] bytes, EndReason reason) {
        if (stream.state == Stream.State.ENDING || stream.state == Stream.State.ENDED) {
            return;
        }
        if (reason != EndReason.STOP) { // then it has everything
            arrive.run();
        }
        if (stream.isStalled()) { // at a stop, a stalled stream is not finished
            ends.close(stream, reason.slowConsumer());
            return;
        }
        boolean waits = stream.ending != null;
        long now = nanoTime.getAsLong();
        long left = switch (reason) {
            case EXPIRED, STOP -> 0;
            case TIMEOUT -> stream.latestEnd - now;
            default -> IN_HOOK.toNanos();
        };
        if (waits) {
            left = Math.min(left, stream.ending.deadline() - now);
        }
        stream.ending = new Stream.Ending(reason, bytes, stream.end(), now + left, 0);
        boolean live = stream.state == Stream.State.LIVE && stream.replay == null;
        if (live && stream.inHook == 0 && !hooks.calls().has(Hook.MESSAGE)) {
            queuePending.accept(stream);
            end(stream);
        } else if (live && (stream.inHook > 0 || stream.left() > 0)) {
            if (stream.isEndingLate(now)) {
                giveUp(stream);
            } else if (!waits) {
                incomplete.add(stream);
                ends.depart(stream);
                clock.set(stream, now);
            }
        } else if (reason == EndReason.STOP && !live) { // its replay is incomplete
            giveUp(stream, EndReason.STOP_UNFINISHED);
        } else {
            end(stream);
        }
    }

    private void end(Stream stream) {
        if (stream.state == Stream.State.ENDED) {
            return;
        }
        stream.state = Stream.State.ENDING;
        ends.leave(stream); // before the client can see the end, and count
        stream.output().addControl(stream.end(stream.ending.bytes()));
        proceed.accept(stream);
    }
}
