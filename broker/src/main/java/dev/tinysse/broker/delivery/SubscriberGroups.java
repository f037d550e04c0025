package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.FanOutEvent;
import dev.tinysse.broker.dispatch.Interest;
import dev.tinysse.broker.dispatch.MissedRange;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.publish.DecisionSequence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one delivery thread's subscribers, and what arrives for them. That thread alone calls it, so that only groups for which
 * something has arrived are looked at.
 */
final class SubscriberGroups {
    private final int thread;
    private final WorkerQueue queue;
    private final Dispatcher dispatcher;
    private final DecisionSequence decisions;
    private final DeliveryContext context;
    private final Map<Interest, SubscriberGroup> groups = new IdentityHashMap<>();
    private final Deque<SubscriberGroup> waiting = new ArrayDeque<>();
    private final Deque<Departure> departures = new ArrayDeque<>();
    private long arrived;
    private long arrivedWeight;
    private boolean anyMissed;
    /** The most that a subscriber could not take yet, and its weight. */
    private long leftMessages;
    private long leftWeight;

    /** A subscriber that has left while so many messages were given to this thread, some of which have not arrived. */
    private record Departure(Interest interest, long given) {}

    /**
     * The groups of a delivery thread.
     *
     * @param thread its number
     */
    SubscriberGroups(int thread, WorkerQueue queue, Dispatcher dispatcher, DecisionSequence decisions,
            DeliveryContext context) {
        this.thread = thread;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.decisions = decisions;
        this.context = context;
    }

    /** Puts all that has been published into the rings of those whom it is for. */
    void arrive() {
        for (FanOutEvent event = queue.poll(); event != null; event = queue.poll()) {
            switch (event) {
                case QueuedEntry entry -> arrive(entry);
                case Subscriber subscriber ->
                    groups.computeIfAbsent(subscriber.interest(), _ -> new SubscriberGroup()).add(subscriber);
                case MissedRange missed -> missed(missed.gap());
                default -> throw new IllegalStateException("unknown event: " + event);
            }
        }
    }

    private void missed(LogGap gap) {
        context.arrived(gap.upTo());
        for (SubscriberGroup group : groups.values()) {
            for (int i = 0; i < group.size(); i++) {
                group.get(i).missed(gap);
                anyMissed = true;
            }
        }
    }

    /** Whether messages did not come to some subscriber since this was last asked. */
    boolean takeAnyMissed() {
        boolean any = anyMissed;
        anyMissed = false;
        return any;
    }

    private void arrive(QueuedEntry entry) {
        arrived++;
        arrivedWeight += entry.weight();
        context.arrived(entry.position);
        context.figures.arrived(entry);
        for (int i = 0; i < entry.interestCount(); i++) {
            SubscriberGroup group = groups.get(entry.interest(i));
            if (group != null) {
                if (group.add(entry)) {
                    context.clearWindows();
                }
                await(group);
            }
        }
        if (!departures.isEmpty()) {
            departed(entry);
        }
    }

    private void departed(QueuedEntry entry) {
        for (Iterator<Departure> all = departures.iterator(); all.hasNext();) {
            Departure departure = all.next();
            if (departure.given() < arrived) {
                all.remove();
            } else if (entry.isFor(departure.interest())) {
                entry.taken(1);
            }
        }
    }

    /** Finds the end of the messages that were in the replay of the script, and forgets the replay when the subscriber has reached it. */
    void limitOverlap(Subscriber subscriber) {
        if (!subscriber.overlapsScriptReplay()) {
            return;
        }
        if (subscriber.isOverlapPublished(decisions)) {
            arrive(); // what those calls have published
            subscriber.endOverlap();
        }
        subscriber.dropOverlap();
    }

    /** A subscriber, which has arrived, counts no more: what is published from now on is not for it. It may take what is in its ring. */
    void depart(Subscriber subscriber) {
        long given = dispatcher.leave(subscriber.interest(), thread);
        if (given > arrived) {
            departures.add(new Departure(subscriber.interest(), given));
        }
    }

    /**
     * Removes a subscriber that has departed.
     *
     * @param end of the messages of its ring that counted it
     */
    void remove(Subscriber subscriber, long end) {
        subscriber.leaveRing(end);
        groups.computeIfPresent(subscriber.interest(), (_, group) -> {
            group.remove(subscriber);
            return group.size() == 0 ? null : group;
        });
    }

    /** The group of a subscriber that has arrived waits for a delivery. */
    void await(Subscriber subscriber) {
        SubscriberGroup group = groups.get(subscriber.interest());
        if (group != null) {
            await(group);
        }
    }

    private void await(SubscriberGroup group) {
        if (group.await()) {
            waiting.add(group);
        }
    }

    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    /** The next group that waits for a delivery, and waits no longer; or null. */
    @Nullable
    SubscriberGroup next() {
        SubscriberGroup group = waiting.poll();
        if (group != null) {
            group.delivering();
        }
        return group;
    }

    /** A subscriber could not take all messages yet. */
    void left(Subscriber subscriber) {
        if (subscriber.left() > leftMessages) {
            leftMessages = subscriber.left();
            leftWeight = subscriber.weightLeft();
        }
    }

    /**
     * All that has arrived has been brought to the subscribers that can take it, but for what is {@linkplain #left left}.
     *
     * @return how many messages are left
     */
    long delivered() {
        long messages = leftMessages;
        queue.delivered(arrived - messages, arrivedWeight - leftWeight);
        leftMessages = 0;
        leftWeight = 0;
        return messages;
    }
}
