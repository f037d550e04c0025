package dev.tinysse.broker;

import dev.tinysse.api.Channels;
import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.admin.StreamDirectory;
import dev.tinysse.broker.delivery.BrokerParts;
import dev.tinysse.broker.delivery.DeliveryTask;
import dev.tinysse.broker.delivery.DeliveryThread;
import dev.tinysse.broker.delivery.HookThreads;
import dev.tinysse.broker.delivery.MemoryLimits;
import dev.tinysse.broker.delivery.MessageCalls;
import dev.tinysse.broker.delivery.Subscriber;
import dev.tinysse.broker.dispatch.BackPressure;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.figures.Distribution;
import dev.tinysse.broker.figures.Figure;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.broker.presence.Presence;
import dev.tinysse.broker.progress.InFlight;
import dev.tinysse.broker.progress.LoopProgress;
import dev.tinysse.broker.publish.DecisionSequence;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.broker.publish.Publisher;
import dev.tinysse.broker.replay.History;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.replay.ReplayStart;
import dev.tinysse.broker.replay.ReplayStarts;
import dev.tinysse.broker.stream.BrokerConfig;
import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.broker.stream.StreamChannel;
import dev.tinysse.broker.stream.StreamFormat;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.broker.stream.StreamStart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Delivers each message to the streams of its channel, in the order of publication. Any thread may call it; no call waits for a
 * stream.
 *
 * <p>A message goes into the log, and from there, encoded once, into a ring for each set of channels that streams ask for. A stream is
 * a place in a ring, and belongs to one of a few fan-out threads, which alone reads and writes its channel. A stream that is too slow
 * reads the log, or loses the oldest messages, which is counted and logged. It never blocks a publisher or another stream.
 */
public final class Broker implements AutoCloseable {
    /** The part of the drain time that is reserved for the ends of streams that did not get all messages, and for their hooks. */
    private static final Duration LAST_HOOKS = Duration.ofMillis(500);

    /** How long fan-out threads may take to end, together: one that takes longer is stuck. */
    private static final Duration WORKER_ENDS = Duration.ofSeconds(1);

    private final BrokerParts parts;
    private final HookCalls hooks;
    private final Publisher publisher;
    private final InFlight opening = new InFlight();
    private final AtomicLong opened = new AtomicLong();
    private final List<DeliveryThread> workers;
    private final BrokerChannels channels;
    private final StreamDirectory directory;
    private final LocalStreams here;
    private final Optional<SharedStreams> others;
    private volatile int streamsAtStop;

    /**
     * A broker whose threads run from now on.
     *
     * @param config how it behaves, not null
     * @param format the bytes that it writes, not null
     * @param hooks that it calls, not null; to be closed by the caller, after the broker
     * @param log where publications get their order, which nobody follows yet; to be closed by the caller, after the drain
     * @throws LogException if the log cannot be used
     */
    public Broker(BrokerConfig config, StreamFormat format, HookCalls hooks, EventLog log) throws LogException {
        this(config, format, hooks, log, NanoClock.SYSTEM,
                MemoryLimits.ofHeap(Runtime.getRuntime().maxMemory(), config.workers()));
    }

    Broker(BrokerConfig config, StreamFormat format, HookCalls hooks, EventLog log, NanoClock clock,
            MemoryLimits memory) throws LogException {
        this.hooks = hooks;
        List<WorkerQueue> queues = IntStream.range(0, config.workers()).mapToObj(number -> new WorkerQueue()).toList();
        Dispatcher dispatcher = new Dispatcher(config.capacity(), format, queues, clock);
        this.parts = new BrokerParts(config, log, dispatcher, new ReplayReader(log, hooks, format),
                log.hasHistory() ? new ReplayStarts(log) : History.NONE, format,
                new HookThreads(hooks, config.timeoutRetry()), new LongAdder(),
                new BackPressure(config.capacity(), queues), new DecisionSequence(), new InFlight(),
                config.presence() ? Optional.of(new Presence(clock::nanos, dispatcher::announce)) : Optional.empty(),
                clock,
                memory);
        this.workers = IntStream.range(0, config.workers())
                .mapToObj(number -> new DeliveryThread(number, queues.get(number), parts)).toList();
        this.here = new LocalStreams(parts, workers);
        this.others = log.shared().map(shared -> SharedStreams.of(parts, here, shared));
        this.directory = others.<StreamDirectory>map(SharedStreams::all).orElse(here);
        this.publisher = new Publisher(hooks, parts.decisions(), log, dispatcher,
                parts.backPressure(),
                others.map(SharedStreams::nodes));
        this.channels = new BrokerChannels(parts, publisher, workers, others);
        log.follow(others.<LogFollower>map(shared -> new SharedFollower(parts, shared.nodes())).orElse(dispatcher));
        workers.forEach(DeliveryThread::start);
    }

    /**
     * Carries out a request: calls the {@code publish} hook for each of its publications, and publishes what that accepts. Returns
     * when the record is durable at the level of the log. Waits for no stream, but for the fan-out threads if they are far behind.
     *
     * @param request what was posted; a message without a field is queued for nobody and delivered to nobody
     * @return the reply
     * @throws HookException if there is one publication and the hook failed, which is logged
     */
    public PublishReply publish(PublishRequest request) {
        return publisher.publish(request);
    }

    /**
     * Carries out a request of an operator, without the {@code publish} hook.
     *
     * @param request what was posted
     * @return the reply
     */
    public PublishReply publishWithoutHook(PublishRequest request) {
        return publisher.publishWithoutHook(request);
    }

    /** Wakes the threads that look at the clock. */
    void signal() {
        workers.forEach(DeliveryThread::signal);
        if (parts.presence().isPresent()) {
            parts.presence().get().signal();
        }
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
     * Opens a stream: from now on it receives all messages that are published. It is not sent before the stream is
     * {@linkplain OpenStream#goLive live}.
     *
     * @param subscription what hooks know about it
     * @param channel connected; the broker's alone until it is returned to the owner
     * @param head the first bytes
     * @param owner is notified of the end
     * @param start what the request specifies
     * @return the stream, to be made live
     */
    public OpenStream open(Subscription subscription, StreamChannel channel, byte[] head, StreamOwner owner,
            StreamStart start) {
        long number = opened.getAndIncrement();
        DeliveryThread worker = workers.get((int) (number % workers.size()));
        ChannelSet asked = subscription.channels().equals(ChannelSet.DEFAULT.texts())
                ? ChannelSet.DEFAULT
                : ChannelSet.of(subscription.channels());
        parts.open().begin();
        Subscriber subscriber = worker.subscriber(number, subscription, channel, owner, start);
        long joined = parts.dispatcher().join(subscriber, asked, start.presence(), worker.number());
        if (parts.presence().isPresent()) { // and no lambda, which would load the class also where it is not used
            parts.presence().get().opened(subscription); // after the join, so that this stream receives it, too
        }
        worker.post(new DeliveryTask.Begin(subscriber, head));
        Optional<ReplayStart> from = replayStart(asked, subscription, start);
        return new JoinedStream(parts, worker, subscriber, from.isPresent() && joined == 0 ? recovered() : joined,
                from);
    }

    private long recovered() {
        try {
            return parts.log().recovered();
        } catch (LogException | RuntimeException e) {
            return 0; // the replay fails for the same reason
        }
    }

    private Optional<ReplayStart> replayStart(ChannelSet asked, Subscription subscription, StreamStart start) {
        while (true) {
            try {
                return parts.history().start(asked, subscription.lastEventId(), start.history());
            } catch (LogException | RuntimeException e) { // the stream is there already, and ends as any other does
                if (!(e instanceof LogException && parts.log().shared().map(SharedLog::awaitReadable).orElse(false))) {
                    return Optional.of(ReplayStart.FAILED);
                }
            }
        }
    }

    /** {@return what hooks may do with channels and streams} */
    public Channels channels() {
        return channels;
    }

    /**
     * Calls an observer with each message of these channels that is delivered from now on. Observers are not counted as subscribers.
     *
     * @param asked names and patterns
     * @param told of each message, in order, on the threads that publish; must not wait, nor fail
     * @return removes the observer
     */
    public Runnable watch(ChannelSet asked, Consumer<Publication> told) {
        return parts.dispatcher().watch(asked, told);
    }

    /** {@return who is on which channel, if that is known} */
    public Optional<Presence> presence() {
        return parts.presence();
    }

    /** How this node is called in lists, where it is one of several and where it is alone. To be called before anybody asks. */
    public void nameNode(String name) {
        here.name(name);
    }

    /** {@return the streams and channels of this node, for operators} */
    public StreamDirectory directory() {
        return directory;
    }

    /** {@return the number of open streams} */
    public int streams() {
        return parts.open().count();
    }

    /** {@return the delay after which clients reconnect whose streams a stop ends or refuses} */
    public RetryDelay delayAfterStop() {
        return RetryDelay.afterStop(Math.max(streamsAtStop, streams()));
    }

    /** Measures from now on what costs something to measure: how long deliveries and hooks take. */
    public void measure() {
        parts.dispatcher().time();
        hooks.measure();
    }

    /** {@return what the broker has done so far, and has to do; from any thread, and cheap} */
    public List<Figure> figures() {
        return new BrokerFigures(parts, workers, opened.get(), streams(), publisher).all();
    }

    /** {@return how many messages the {@code publish} hook has rejected so far} */
    public long rejectedByHook() {
        return publisher.rejected();
    }

    /** {@return how long deliveries took so far, if that is {@linkplain #measure measured}} */
    public Distribution deliveries() {
        return BrokerFigures.deliveries(workers);
    }

    /** {@return whether the fan-out threads turn, for each of them} */
    public List<LoopProgress> loops() {
        return workers.stream().map(DeliveryThread::progress).toList();
    }

    /** {@return how many messages were lost to slow streams so far} */
    public long lost() {
        return parts.losses().sum();
    }

    /** {@return why nothing can be published any more until the server is started again; empty if all is well} */
    public Optional<String> failure() {
        return parts.log().failure();
    }

    /** Says that the hook call on this thread is going to wait, so that others need not. */
    public static void aboutToWait() {
        MessageCalls.aboutToWait();
    }

    /**
     * Waits for publishes that have begun.
     *
     * @param limit how long to wait
     * @return how many have not ended
     * @throws InterruptedException if the thread is interrupted
     */
    public int awaitPublishes(Duration limit) throws InterruptedException {
        return publisher.awaitNone(limit) ? 0 : publisher.inFlight();
    }

    /**
     * Takes no more messages, sends every stream what was published, and closes it with a jittered reconnection delay, so that
     * not all clients come at once. Streams that wait for messages longer than the limit allows are closed in the same way without
     * them, and the streams of slow consumers without a delay.
     *
     * @param limit how long it may take, not negative, hooks at the streams' ends included, which have half a second in any case
     * @return the streams and hook calls that were cut off
     * @throws InterruptedException if the thread is interrupted
     */
    public DrainResult drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        publisher.close();
        parts.log().shared().ifPresent(SharedLog::stopWaiting);
        Duration reserved = limit.compareTo(LAST_HOOKS.multipliedBy(2)) < 0 ? limit.dividedBy(2) : LAST_HOOKS;
        long cutOffAt = end - reserved.toNanos();
        if (!publisher.awaitNone(Duration.ofNanos(cutOffAt - System.nanoTime()))) {
            parts.log().shared().ifPresent(SharedLog::giveUpAppends);
        }
        streamsAtStop = streams();
        RetryDelay delay = delayAfterStop();
        post(new DeliveryTask.Drain(delay));
        // what they open is open before they end; who asks later is refused, and not waited for
        boolean opened = opening.awaitNone(Duration.ofNanos(cutOffAt - System.nanoTime()));
        parts.open().awaitNone(Duration.ofNanos(cutOffAt - System.nanoTime()));
        int cutOff = parts.open().count();
        post(new DeliveryTask.EndDrain());
        parts.open().awaitNone(LAST_HOOKS); // these ends wait for nobody
        long left = Math.max(LAST_HOOKS.toNanos(), end - System.nanoTime());
        parts.hooks().await(Duration.ofNanos(left));
        return new DrainResult(cutOff, (opened ? 0 : opening.count()) + parts.hooks().running());
    }

    private void post(DeliveryTask task) {
        workers.forEach(worker -> worker.post(task));
    }

    /** Takes no more messages, closes the streams that are left and ends the threads. */
    @Override
    public void close() {
        publisher.close();
        post(new DeliveryTask.CloseAll());
        post(new DeliveryTask.Stop());
        long end = System.nanoTime() + WORKER_ENDS.toNanos();
        workers.forEach(worker -> worker.awaitEnd(Duration.ofNanos(end - System.nanoTime())));
        if (parts.presence().isPresent()) {
            parts.presence().get().close();
        }
        parts.dispatcher().close();
        publisher.logCounted();
        hooks.logCounted();
    }
}
