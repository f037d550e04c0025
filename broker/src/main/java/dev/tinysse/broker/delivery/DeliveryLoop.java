package dev.tinysse.broker.delivery;

import dev.tinysse.api.Hook;
import dev.tinysse.broker.dispatch.Entry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.replay.ReplayPage;
import dev.tinysse.broker.replay.ReplayReader;
import dev.tinysse.broker.replay.ReplayStart;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Dispatches the events of one delivery thread to its subscribers, and takes the steps that follow. That thread alone calls it.
 *
 * <p>Whatever goes wrong with a subscriber closes that one, and touches no other.
 */
final class DeliveryLoop {
    private static final Logger LOG = System.getLogger("tinysse");

    private final Selector selector;
    private final Mailbox mailbox;
    private final HookCalls hooks;
    private final ReplayReader reader;
    private final DeliveryContext context;
    private final SubscriberTable table = new SubscriberTable();
    private final SubscriberGroups groups;
    private final MessageStage stage;
    private final SubscriberEnds ends;
    /** What the last subscriber has taken for the {@code message} hook. */
    private final List<Entry> forHook = new ArrayList<>();
    private boolean stopped;

    DeliveryLoop(int number, WorkerQueue queue, Mailbox mailbox, Selector selector, DeliveryContext context,
            BrokerParts parts) {
        this.selector = selector;
        this.mailbox = mailbox;
        this.hooks = parts.hooks().calls();
        this.reader = parts.replays();
        this.context = context;
        this.groups = new SubscriberGroups(number, queue, parts.dispatcher(), parts.decisions(), context);
        this.stage = new MessageStage(new MessageCalls.Shared(hooks, parts.format(),
                new FrameBudget(parts.memory().made()), mailbox));
        this.ends = new SubscriberEnds(mailbox, table, groups, context, parts);
    }

    boolean isStopped() {
        return stopped;
    }

    /** How many channels are returned to their owners after the next selection. */
    int returning() {
        return ends.returning();
    }

    /** Handles what has happened since the last turn, of which the selector has told already. */
    void turn(int returning) {
        ends.returnChannels(returning);
        groups.arrive();
        reportMissed();
        for (DeliveryTask task = mailbox.poll(); task != null; task = mailbox.poll()) {
            handle(task);
        }
        deliver();
    }

    /** Handles the deadlines that have passed. */
    void advanceClock() {
        context.deadlines.advance(context.readClock());
        for (DeadlineWheel.Deadline due = context.deadlines.nextDue(); due != null; due = context.deadlines
                .nextDue()) {
            due((Subscriber) due);
        }
    }

    /** Delivers to all subscribers again: some may not have got what there is. */
    void deliverToAll() {
        for (int i = 0; i < table.size(); i++) {
            if (table.get(i).isGrouped()) {
                groups.await(table.get(i));
            }
        }
    }

    /** The selector reports that a client has sent bytes, has left, or accepts data again. */
    void ready(SelectionKey key) {
        Subscriber subscriber = (Subscriber) key.attachment();
        if (key.isValid() && key.isReadable()) {
            readable(subscriber);
        }
        if (key.isValid() && key.isWritable()) {
            proceed(subscriber);
        }
    }

    // Tasks of other threads

    private void handle(DeliveryTask task) {
        switch (task) {
            case DeliveryTask.OfSubscriber of -> handle(of);
            case DeliveryTask.Decided decided -> decided(decided);
            case DeliveryTask.Question<?> question -> answer(question);
            case DeliveryTask.End end -> end(end);
            case DeliveryTask.Disconnect(var subscribers, var answer) -> {
                try {
                    subscribers.forEach(ends::disconnect);
                } finally {
                    answer.complete(subscribers.size());
                }
            }
            case DeliveryTask.Drain(var delay) -> {
                groups.arrive();
                ends.drain(delay);
            }
            case DeliveryTask.EndDrain() -> ends.endDrain();
            case DeliveryTask.CloseAll() -> ends.closeAll();
            case DeliveryTask.Stop() -> stopped = true;
        }
    }

    private <T> void answer(DeliveryTask.Question<T> question) {
        try {
            question.answer().complete(question.of(table));
        } catch (RuntimeException | Error e) {
            question.answer().completeExceptionally(e);
        }
    }

    private void end(DeliveryTask.End end) {
        try {
            List<Subscriber> matching = table.matching(end.which().filter(), end.node());
            for (Subscriber subscriber : matching) {
                if (end.which().retry()) {
                    ends.disconnect(subscriber);
                } else {
                    ends.disconnectForGood(subscriber);
                }
            }
            end.answer().complete(matching.size());
        } catch (RuntimeException | Error e) {
            end.answer().completeExceptionally(e);
        }
    }

    private void handle(DeliveryTask.OfSubscriber task) {
        Subscriber subscriber = task.subscriber();
        boolean wasStalled = subscriber.isStalled();
        try {
            switch (task) {
                case DeliveryTask.Begin(_, var head) -> begin(subscriber, head);
                case DeliveryTask.Replay(_, var frames) -> replay(subscriber, frames);
                case DeliveryTask.GoLive live -> goLive(subscriber, live);
                case DeliveryTask.ReplayLog(_, var start, long upTo) -> replay(subscriber, start, upTo);
                case DeliveryTask.Page(_, var replay, var page) -> page(subscriber, replay, page);
                case DeliveryTask.ReplayFailed _ -> ends.close(subscriber, EndReason.REPLAY_FAILED);
                case DeliveryTask.TimeOut(_, long retryMillis) -> ends.timeOut(subscriber, retryMillis);
            }
            setDeadline(subscriber, wasStalled);
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    private void begin(Subscriber subscriber, byte[] head) throws IOException {
        groups.arrive(); // the subscriber, too
        table.add(subscriber);
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "stream opened: client=" + subscriber.client());
        }
        context.readClock();
        subscriber.begin(selector, head);
    }

    private void replay(Subscriber subscriber, List<byte[]> frames) throws IOException {
        if (catchUp(subscriber)) {
            subscriber.replay(frames);
            sendReplay(subscriber);
        }
    }

    private void goLive(Subscriber subscriber, DeliveryTask.GoLive live) throws IOException {
        if (!catchUp(subscriber)) {
            return;
        }
        subscriber.replay(live.frames());
        if (live.seen().isPresent()) {
            groups.arrive();
        }
        subscriber.goLive(live.ids(), live.latestCall(), live.seen());
        groups.limitOverlap(subscriber);
        sendReplay(subscriber);
    }

    private void replay(Subscriber subscriber, Optional<ReplayStart> start, long upTo) throws IOException {
        if (start.isPresent() && start.get() == ReplayStart.FAILED) {
            subscriber.catchUp();
            ends.close(subscriber, EndReason.REPLAY_FAILED);
            ends.unsubscribe(subscriber);
            return;
        }
        if (!catchUp(subscriber)) {
            return;
        }
        groups.arrive(); // that a new epoch has begun, of which the start may know already
        if (start.isPresent()) {
            subscriber.replay(start.get(), upTo);
        } else {
            subscriber.goLive();
        }
        sendReplay(subscriber);
    }

    /** The script has returned. Whether the stream goes on with what follows. */
    private boolean catchUp(Subscriber subscriber) {
        boolean goesOn = subscriber.catchUp();
        if (subscriber.hasEnded()) {
            ends.unsubscribe(subscriber);
        }
        return goesOn;
    }

    /** Sends a replay, whose frames are for this subscriber alone. */
    private void sendReplay(Subscriber subscriber) throws IOException {
        subscriber.reportMissed();
        write(subscriber);
        subscriber.hold();
        ends.closeHolders();
    }

    private void page(Subscriber subscriber, Replay replay, ReplayPage page) throws IOException {
        try {
            if (!subscriber.isReading(replay)) {
                return;
            }
            take(subscriber, subscriber.page(replay, page, callsHook()));
            write(subscriber);
        } finally {
            reader.consumed();
        }
    }

    /** Sends what the {@code message} hook has made. */
    private void decided(DeliveryTask.Decided decided) {
        MessageBatch batch = decided.batch();
        try {
            context.readClock();
            int end;
            for (int i = decided.from(); i < decided.to(); i = end) {
                end = Math.min(decided.to(), batch.end(i));
                decided(batch, i, end);
            }
        } finally {
            stage.written(decided.made());
            if (decided.last()) {
                stage.finished();
                context.figures.hookEnded();
            }
        }
        ends.closeHolders();
    }

    private void decided(MessageBatch batch, int from, int to) {
        Subscriber subscriber = batch.subscriber(from);
        if (!subscriber.decided(to - from)) {
            batch.drop(from, to);
            return;
        }
        boolean wasStalled = subscriber.isStalled();
        try {
            batch.write(from, to);
            subscriber.reportMissed();
            if (!subscriber.isStalled()) {
                write(subscriber);
            }
            setDeadline(subscriber, wasStalled);
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    // Events of one subscriber

    private void readable(Subscriber subscriber) {
        boolean wasStalled = subscriber.isStalled();
        try {
            subscriber.readable().ifPresent(reason -> ends.close(subscriber, reason));
            if (!subscriber.hasEnded()) {
                context.readClock();
                subscriber.flushResponse();
            }
            setDeadline(subscriber, wasStalled);
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    /** Sends what waits, and then what there is. */
    private void proceed(Subscriber subscriber) {
        boolean wasStalled = subscriber.isStalled();
        try {
            subscriber.reportMissed();
            write(subscriber);
            setDeadline(subscriber, wasStalled);
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    private void write(Subscriber subscriber) throws IOException {
        context.readClock();
        groups.limitOverlap(subscriber);
        take(subscriber, subscriber.writable(callsHook()));
        groups.limitOverlap(subscriber);
        ends.drain(subscriber);
    }

    private void arrival(Subscriber subscriber) {
        try {
            groups.limitOverlap(subscriber);
            take(subscriber, subscriber.arrival());
            groups.limitOverlap(subscriber);
            setDeadline(subscriber, false);
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    private void due(Subscriber subscriber) {
        long now = context.readClock();
        try {
            take(subscriber, subscriber.deadline(now));
            if (!subscriber.hasEnded()) {
                subscriber.setDeadline(now);
            }
        } catch (IOException | RuntimeException | Error e) {
            ends.fail(subscriber, e);
        }
    }

    /** Sets the deadline of a subscriber that has stalled, or does so no longer. */
    private void setDeadline(Subscriber subscriber, boolean wasStalled) {
        if ((wasStalled || subscriber.isStalled()) && !subscriber.hasEnded()) {
            subscriber.setDeadline(context.now());
        }
    }

    private void take(Subscriber subscriber, Subscriber.Step step) {
        switch (step) {
            case NONE -> {
            }
            case READ_LOG -> subscriber.nextPage().ifPresent(request -> read(subscriber, request));
            case CALL_HOOK -> stage.ready(subscriber);
            case RELEASE -> ends.release(subscriber);
            case CLOSE_SLOW_CONSUMER -> ends.close(subscriber, EndReason.SLOW_CONSUMER);
            case EXPIRE -> ends.expire(subscriber);
            case TIME_OUT -> ends.timeOut(subscriber);
            case TIME_OUT_WITHOUT_HOOK -> ends.timeOutWithoutHook(subscriber);
            case GIVE_UP -> ends.giveUp(subscriber);
        }
    }

    private void read(Subscriber subscriber, ReplayReader.Request request) {
        Replay replay = subscriber.replay().orElseThrow();
        reader.read(request, new ReplayReader.Result() {
            @Override
            public void page(ReplayPage page) {
                mailbox.post(new DeliveryTask.Page(subscriber, replay, page));
            }

            @Override
            public void failed(LogException failure) {
                LOG.log(Level.WARNING, "a replay failed: client=%s: %s"
                        .formatted(subscriber.client(), failure.getMessage()));
                mailbox.post(new DeliveryTask.ReplayFailed(subscriber));
            }
        });
    }

    private boolean callsHook() {
        return hooks.has(Hook.MESSAGE);
    }

    // What has arrived

    /** Makes subscribers read the messages that they lack, or reports the gap to their clients; before anything else is written. */
    private void reportMissed() {
        if (groups.takeAnyMissed()) {
            for (Subscriber subscriber : table.joined()) {
                if (subscriber.hasMissed()) {
                    proceed(subscriber);
                }
            }
        }
    }

    /** Sends what has arrived to all subscribers that can take it. */
    private void deliver() {
        reportMissed();
        boolean withHook = callsHook();
        if (withHook && stage.isRunning()) {
            return;
        }
        if (withHook) {
            callHook();
            context.figures.hookBegins(groups.delivered());
            if (!stage.isRunning()) {
                context.figures.hookEnded();
            }
        } else {
            if (groups.isAnyWaiting()) {
                context.readClock();
                for (SubscriberGroup group = groups.next(); group != null; group = groups.next()) {
                    deliver(group);
                }
            }
            groups.delivered();
            context.figures.written();
        }
        ends.closeHolders();
        ends.endComplete();
        ends.drain();
    }

    private void deliver(SubscriberGroup group) {
        for (int i = group.size() - 1; i >= 0; i--) { // backwards, for a stream that ends leaves its index to the last one
            Subscriber subscriber = group.get(i);
            if (subscriber.isFree()) {
                arrival(subscriber);
            }
        }
        group.settle();
    }

    /** Takes messages for each subscriber that can take some, and calls the hook. */
    private void callHook() {
        MessageBatch batch = new MessageBatch();
        for (SubscriberGroup group = groups.next(); group != null; group = groups.next()) {
            for (int i = group.size() - 1; i >= 0; i--) {
                takeForHook(group.get(i), batch);
            }
            group.settle();
        }
        for (Subscriber next = stage.nextReady(); next != null; next = stage.nextReady()) {
            takeForHook(next, batch);
            next.settle();
        }
        stage.start(batch);
    }

    private void takeForHook(Subscriber subscriber, MessageBatch batch) {
        if (!subscriber.canTake()) {
            return;
        }
        groups.limitOverlap(subscriber);
        forHook.clear();
        Subscriber.Step step = subscriber.takeForHook(forHook);
        batch.add(subscriber, forHook);
        groups.limitOverlap(subscriber);
        take(subscriber, step);
        if (subscriber.isLive()) {
            groups.left(subscriber);
        }
    }
}
