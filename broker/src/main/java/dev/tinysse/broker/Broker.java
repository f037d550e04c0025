package dev.tinysse.broker;

import dev.tinysse.api.Decision;
import dev.tinysse.api.GapReason;
import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.log.Receipt;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Delivers each message to all streams, in the order of publication. Any thread may call it; no call waits for a stream.
 *
 * <p>Messages lie in one ring, each encoded once. A stream is a place in the ring, and belongs to one of a few fan-out
 * threads, which alone reads and writes its channel. A stream that is too slow loses the oldest messages, which is counted
 * and logged, and delays nobody.
 */
public final class Broker implements AutoCloseable {
    /** The part of the drain time that is reserved for the hooks of streams that are cut off. */
    private static final Duration LAST_HOOKS = Duration.ofMillis(500);

    private final BrokerParts parts;
    private final HookCalls hooks;
    private final InFlight open = new InFlight();
    private final InFlight opening = new InFlight();
    private final AtomicInteger nextWorker = new AtomicInteger();
    private final List<FanOutWorker> workers;
    private volatile int streamsAtStop;

    /**
     * A broker whose threads run from now on.
     *
     * @param config how it behaves, not null
     * @param format the bytes that it writes, not null
     * @param hooks that it calls, not null; to be closed by the caller, after the broker
     */
    public Broker(BrokerConfig config, StreamFormat format, HookCalls hooks) {
        this(config, format, hooks, System::nanoTime,
                MemoryLimits.ofHeap(Runtime.getRuntime().maxMemory(), config.workers()));
    }

    Broker(BrokerConfig config, StreamFormat format, HookCalls hooks, LongSupplier clock, MemoryLimits memory) {
        this.hooks = hooks;
        this.parts = new BrokerParts(config, new Ring(config.capacity()), format,
                new HookThreads(hooks, config.timeoutRetry()), new LossCounter(),
                new BackPressure(config.capacity(), config.workers()), new PublishCalls(), clock, memory);
        this.workers = IntStream.range(0, config.workers()).mapToObj(number -> new FanOutWorker(number, parts))
                .toList();
        workers.forEach(FanOutWorker::start);
    }

    /**
     * Calls the {@code publish} hook, and publishes what that accepts. Waits for no stream, but for the fan-out threads if
     * they are far behind.
     *
     * @param publication a message without a field is queued for nobody and delivered to nobody
     * @return the outcome
     * @throws HookException if the hook failed, which is logged
     */
    public PublishResult publish(Publication publication) {
        if (!hooks.has(Hook.PUBLISH)) {
            return append(publication, () -> {}, () -> {});
        }
        try (PublishCalls.Call call = parts.publishCalls().begin()) {
            return switch (hooks.publish(publication, call::takePlace)) {
                case Decision.Accepted(Publication accepted) -> append(accepted, call::awaitTurn, call::close);
                case Decision.Refused(Refusal refusal) -> new PublishResult.Refused(refusal);
            };
        }
    }

    /**
     * Carries out a request: calls the {@code publish} hook for each of its publications, and publishes what that accepts.
     *
     * @param request what was posted
     * @return the outcome
     * @throws HookException if the hook failed, which is logged
     */
    public PublishOutcome publish(PublishRequest request) {
        List<PublishResult> results = request.publications().stream().map(this::publish).toList();
        return results.contains(new PublishResult.Draining())
                ? new PublishOutcome.Draining()
                : new PublishOutcome.Done(results);
    }

    private PublishResult append(Publication publication, Runnable awaitTurn, Runnable appended) {
        Message message = publication.message();
        if (message.isEmpty()) {
            return PublishResult.of(parts.ring().appendNothing());
        }
        byte[] frame = parts.format().message(message);
        awaitTurn.run();
        parts.backPressure().begin();
        try {
            Optional<Receipt> receipt = parts.ring().append(publication, frame);
            appended.run();
            signal();
            return PublishResult.of(receipt);
        } finally {
            parts.backPressure().end(parts.ring().head());
        }
    }

    /** Wakes the fan-out threads, which look at the ring and at the clock. */
    void signal() {
        workers.forEach(FanOutWorker::signal);
    }

    /**
     * Begins the opening of a stream: a drain waits for its end.
     *
     * @return to be closed when the stream has been opened and made live, or refused
     */
    public Opening opening() {
        opening.begin();
        return opening::end;
    }

    /** A request for a stream that is under way. */
    public interface Opening extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Opens a stream: from now on nothing that is published is missed. It is not sent before the stream is
     * {@linkplain OpenStream#goLive live}.
     *
     * @param subscription what hooks are told about it
     * @param channel connected; the broker's alone until it is returned to the owner
     * @param head the first bytes
     * @param owner is told of the end
     * @param start how it is asked for
     * @return the stream, to be made live
     */
    public OpenStream open(Subscription subscription, SocketChannel channel, byte[] head, StreamOwner owner,
            StreamStart start) {
        FanOutWorker worker = workers.get(Math.floorMod(nextWorker.getAndIncrement(), workers.size()));
        open.begin();
        Stream stream = new Stream(subscription, channel, new CountedOwner(owner, open), parts.ring().join(),
                parts.clock().getAsLong());
        worker.execute(() -> worker.streams().adopt(stream, head));
        return new OpenStream() {
            @Override
            public Optional<GapReason> gap() {
                return Optional.empty();
            }

            @Override
            public void goLive(List<Message> replay) {
                List<byte[]> frames = replay.stream().filter(message -> !message.isEmpty())
                        .map(parts.format()::message).toList();
                Set<String> ids = replay.stream().flatMap(message -> message.id().stream())
                        .collect(Collectors.toSet());
                long latest = parts.publishCalls().latest();
                worker.execute(() -> worker.streams().goLive(stream, frames, ids, latest));
            }

            @Override
            public void replay() {
                goLive(List.of());
            }
        };
    }

    /** {@return the number of open streams} */
    public int streams() {
        return open.count();
    }

    /** {@return the delay after which clients reconnect whose streams a stop ends or refuses} */
    public RetryDelay delayAfterStop() {
        return RetryDelay.afterStop(Math.max(streamsAtStop, streams()));
    }

    /** {@return how many messages were lost to slow streams so far} */
    public long lost() {
        return parts.losses().total();
    }

    /** Says that the hook call on this thread is going to wait, so that others need not. */
    public static void aboutToWait() {
        MessageCalls.aboutToWait();
    }

    /**
     * Takes no more messages, sends every stream what was published, and ends it with a time to come back, spread so that
     * not all clients come at once. What is not done in time is cut off.
     *
     * @param limit how long it may take, not negative, hooks at the streams' ends included, which have half a second in any case
     * @return the streams and hook calls that were cut off
     * @throws InterruptedException if the thread is interrupted
     */
    public DrainResult drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        parts.ring().close();
        streamsAtStop = streams();
        RetryDelay delay = delayAfterStop();
        workers.forEach(worker -> worker.execute(() -> worker.streams().drain(delay::nextMillis)));
        Duration reserved = limit.compareTo(LAST_HOOKS.multipliedBy(2)) < 0 ? limit.dividedBy(2) : LAST_HOOKS;
        long cutOffAt = end - reserved.toNanos();
        opening.awaitNone(Duration.ofNanos(cutOffAt - System.nanoTime())); // what they open is open before they end
        open.awaitNone(Duration.ofNanos(cutOffAt - System.nanoTime()));
        int cutOff = open.count();
        workers.forEach(worker -> worker.execute(() -> worker.streams().closeAll()));
        open.awaitNone(LAST_HOOKS); // closing waits for nobody
        long left = Math.max(LAST_HOOKS.toNanos(), end - System.nanoTime());
        parts.hooks().await(Duration.ofNanos(left));
        return new DrainResult(cutOff, opening.count() + parts.hooks().running());
    }

    /** Takes no more messages, closes the streams that are left and ends the threads. */
    @Override
    public void close() {
        parts.ring().close();
        workers.forEach(worker -> worker.execute(() -> worker.streams().closeAll()));
        workers.forEach(FanOutWorker::stop);
        hooks.logCounted();
    }
}
