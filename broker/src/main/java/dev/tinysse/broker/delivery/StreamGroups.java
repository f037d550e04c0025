package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.Arrival;
import dev.tinysse.broker.dispatch.Dispatcher;
import dev.tinysse.broker.dispatch.Interest;
import dev.tinysse.broker.dispatch.Missed;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.dispatch.WorkerQueue;
import dev.tinysse.broker.log.LogGap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The groups of one fan-out thread's streams, and what arrives for them. That thread alone calls it, so that only groups for which
 * something has arrived are looked at.
 */
final class StreamGroups {
    private final int worker;
    private final WorkerQueue queue;
    private final Dispatcher dispatcher;
    private final MessageSource source;
    private final Runnable renumbered;
    private final BiConsumer<Stream, LogGap> missing;
    private final FirstPasses passes;
    private final Map<Interest, StreamGroup> groups = new IdentityHashMap<>();
    private final Deque<StreamGroup> waiting = new ArrayDeque<>();
    private final Deque<Departure> departures = new ArrayDeque<>();
    private long arrived;
    private long arrivedWeight;
    private long position;

    /** A stream that has left while so many messages were given to this thread, some of which have not arrived. */
    private record Departure(Interest interest, long given) {}

    /**
     * The groups of a fan-out thread.
     *
     * @param renumbered is called when the messages of a ring have got new numbers
     * @param missing is called for a stream to which messages do not come
     * @param passes observes each message that arrives
     */
    StreamGroups(int worker, WorkerQueue queue, Dispatcher dispatcher, MessageSource source, Runnable renumbered,
            BiConsumer<Stream, LogGap> missing, FirstPasses passes) {
        this.worker = worker;
        this.queue = queue;
        this.dispatcher = dispatcher;
        this.source = source;
        this.renumbered = renumbered;
        this.missing = missing;
        this.passes = passes;
    }

    /** Puts all that has been published into the rings of those whom it is for. */
    void arrive() {
        Arrival arrival = queue.poll();
        if (arrival != null) {
            source.settle();
        }
        for (; arrival != null; arrival = queue.poll()) {
            switch (arrival) {
                case QueuedEntry entry -> arrive(entry);
                case Stream stream -> groups.computeIfAbsent(stream.interest, _ -> new StreamGroup()).add(stream);
                case Missed missed -> {
                    position = missed.gap().upTo();
                    missed(missed.gap());
                }
                default -> throw new IllegalStateException("unknown arrival: " + arrival);
            }
        }
    }

    private void missed(LogGap gap) {
        for (StreamGroup group : groups.values()) {
            for (int i = 0; i < group.size(); i++) {
                missing.accept(group.get(i), gap);
            }
        }
    }

    private void arrive(QueuedEntry entry) {
        arrived++;
        arrivedWeight += entry.weight();
        position = entry.position;
        passes.add(entry);
        for (int i = 0; i < entry.interestCount(); i++) {
            StreamGroup group = groups.get(entry.interest(i));
            if (group != null) {
                if (group.add(entry)) {
                    renumbered.run();
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

    /** A stream, which has arrived, counts no more: what is published from now on is not for it. It may take what is in its ring. */
    void depart(Stream stream) {
        long given = dispatcher.leave(stream.interest, worker);
        if (given > arrived) {
            departures.add(new Departure(stream.interest, given));
        }
    }

    /**
     * Removes a stream that has departed.
     *
     * @param end of the messages of its ring that counted it
     */
    void remove(Stream stream, long end) {
        source.settle();
        Ring ring = stream.ring;
        ring.taken(stream.cursor, end, 1);
        ring.trim();
        StreamGroup group = groups.get(stream.interest);
        group.remove(stream);
        if (group.size() == 0) {
            groups.remove(stream.interest);
        }
    }

    /** The group of a stream that has arrived waits for a delivery. */
    void await(Stream stream) {
        await(groups.get(stream.interest));
    }

    private void await(StreamGroup group) {
        if (!group.waiting) {
            group.waiting = true;
            waiting.add(group);
        }
    }

    boolean isAnyWaiting() {
        return !waiting.isEmpty();
    }

    /** The next group that waits for a delivery, and waits no longer; or null. */
    StreamGroup next() {
        StreamGroup group = waiting.poll();
        if (group != null) {
            group.waiting = false;
        }
        return group;
    }

    /** Up to here everything has arrived. */
    long position() {
        return position;
    }

    /** All that has arrived has been brought to the streams that can take it, but for what is left. */
    void delivered(Untaken left) {
        queue.delivered(arrived - left.messages(), arrivedWeight - left.weight());
    }
}
