package dev.tinysse.broker.dispatch;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogGap;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows which channels streams ask for, and gives each message to the fan-out threads whose streams want it. Safe for any thread: one
 * lock makes that a stream gets exactly what is committed after it has joined.
 *
 * <p>Patterns are matched when a channel comes into being and when somebody asks with a new set of channels, not for each message.
 */
public final class Dispatcher implements LogFollower {
    private final int capacity;
    private final StreamFormat format;
    private final List<WorkerQueue> queues;
    private final ReentrantLock lock = new ReentrantLock();
    private final ChannelTable channels;
    private final ChannelSweep sweep = new ChannelSweep(this::removeIdle);
    /** The observers; a change makes another list. */
    private List<Watcher> watchers = List.of();
    private final NanoClock clock;
    private volatile boolean timed;
    private volatile long position;
    /** How often streams have joined and left. */
    private volatile long changes;
    private volatile int streams;

    private record Watcher(ChannelSet channels, Consumer<Publication> told) {
        void committed(Publication publication) {
            if (channels.contains(publication.channel())) {
                told.accept(publication);
            }
        }
    }

    /** A dispatcher without streams. */
    public Dispatcher(int capacity, StreamFormat format, List<WorkerQueue> queues) {
        this(capacity, format, queues, NanoClock.SYSTEM);
    }

    /** The same with a clock of nanoseconds. */
    public Dispatcher(int capacity, StreamFormat format, List<WorkerQueue> queues,
            NanoClock clock) {
        this.clock = clock;
        this.capacity = capacity;
        this.channels = new ChannelTable(capacity, queues.size());
        this.format = format;
        this.queues = queues;
    }

    @Override
    public PublishResult.Accepted committed(LogRecord message) {
        Publication publication = message.publication();
        int subscribers;
        int queued;
        lock.lock();
        try {
            position = message.position();
            if (!watchers.isEmpty()) {
                watchers.forEach(watcher -> watcher.committed(publication));
            }
            Channel channel = channel(publication.channel());
            subscribers = channel == null ? 0 : channel.subscribers();
            if (channel == null || subscribers == 0) {
                return new PublishResult.Accepted(0, 0, message.id());
            }
            QueuedEntry entry = new QueuedEntry(channel, message, format.message(publication.message()), subscribers);
            queued = channel.queued();
            addToQueues(entry, channel);
        } finally {
            lock.unlock();
        }
        queues.forEach(WorkerQueue::signal);
        return new PublishResult.Accepted(queued, subscribers, message.id());
    }

    /**
     * Tells of each message of these channels from now on, without being a stream: it counts for no publisher.
     *
     * @param told of each message in order, under the lock: must not wait, nor fail
     * @return removes the observer
     */
    public Runnable watch(ChannelSet asked, Consumer<Publication> told) {
        Watcher watcher = new Watcher(asked, told);
        change(all -> all.add(watcher));
        return () -> change(all -> all.removeIf(other -> other == watcher));
    }

    private void change(Consumer<List<Watcher>> change) {
        lock.lock();
        try {
            List<Watcher> all = new ArrayList<>(watchers);
            change.accept(all);
            watchers = List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the streams of a channel that ask for it who has come or gone, behind all that has been committed. */
    public void announce(PresenceChange change) {
        lock.lock();
        try {
            if (!channels.isPresenceWanted()) {
                return;
            }
            Channel channel = channel(change.channel());
            Channel told = channel == null ? null : channel.notices();
            if (told == null || told.subscribers() == 0) {
                return;
            }
            QueuedEntry entry = new QueuedEntry(told, position, format.presence(change));
            addToQueues(entry, told);
        } finally {
            lock.unlock();
        }
        queues.forEach(WorkerQueue::signal);
    }

    private void addToQueues(QueuedEntry entry, Channel channel) {
        if (timed && !entry.notice) {
            entry.time(clock.nanos(), wanting(channel));
        }
        for (int worker = 0; worker < queues.size(); worker++) {
            if (channel.isWanted(worker)) {
                queues.get(worker).add(entry);
            }
        }
    }

    @Override
    public void missed(LogGap gap) {
        lock.lock();
        try {
            position = gap.upTo();
            MissedRange missed = new MissedRange(gap);
            queues.forEach(queue -> queue.add(missed));
        } finally {
            lock.unlock();
        }
        queues.forEach(WorkerQueue::signal);
    }

    private int wanting(Channel channel) {
        int wanting = 0;
        for (int worker = 0; worker < queues.size(); worker++) {
            wanting += channel.isWanted(worker) ? 1 : 0;
        }
        return wanting;
    }

    /** Measures from now on how long messages take until they have been brought to all streams. */
    public void time() {
        timed = true;
    }

    /** Messages not yet delivered to every stream, in all channels. */
    public long queued() {
        lock.lock();
        try {
            return channels.queued();
        } finally {
            lock.unlock();
        }
    }

    /** The position up to which everything has been given to the fan-out threads. */
    public long position() {
        return position;
    }

    /**
     * Adds a stream: what is committed from now on comes to its fan-out thread behind it.
     *
     * @param presence whether it receives joins and leaves
     * @return the position up to which nothing comes
     */
    public long join(SubscribeEvent stream, ChannelSet asked, boolean presence, int worker) {
        lock.lock();
        try {
            Interest interest = channels.interest(asked, presence);
            interest.add(worker);
            changed(1);
            stream.joined(interest, position);
            queues.get(worker).add(stream);
            return position;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a stream: what is committed from now on is not for it.
     *
     * @return how many messages have been given to its fan-out thread up to now
     */
    public long leave(Interest interest, int worker) {
        lock.lock();
        try {
            interest.remove(worker);
            changed(-1);
            if (interest.streams() == 0 && channels.remove(interest)) {
                sweep.begin();
            }
            return queues.get(worker).added();
        } finally {
            lock.unlock();
        }
    }

    /** The numbers of the response to a message that is not published yet. */
    public PublishResult.Accepted preview(String name) {
        lock.lock();
        try {
            int subscribers = channels.subscribers(name);
            return new PublishResult.Accepted(subscribers == 0 ? 0 : Math.min(queuedIn(name) + 1, capacity),
                    subscribers, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** Messages of a channel that are not yet delivered to every stream. */
    public int queued(String name) {
        lock.lock();
        try {
            return queuedIn(name);
        } finally {
            lock.unlock();
        }
    }

    private int queuedIn(String name) {
        Channel channel = channels.get(name);
        return channel == null ? 0 : channel.queued();
    }

    /** How many streams a message of a channel would be for. */
    public int subscribers(String name) {
        lock.lock();
        try {
            return channels.subscribers(name);
        } finally {
            lock.unlock();
        }
    }

    /** So many streams more, under the lock. */
    private void changed(int more) {
        long before = changes;
        changes = before + 1;
        int joined = streams;
        streams = joined + more;
    }

    /** How many streams have joined and not left. */
    public int streams() {
        return streams;
    }

    /** The subscriptions of the streams, with the number of streams of each. */
    public Map<ChannelSet, Integer> interests() {
        lock.lock();
        try {
            return channels.interests();
        } finally {
            lock.unlock();
        }
    }

    /** A number that is another one as soon as a stream has joined or left. */
    public long changes() {
        return changes;
    }

    /** The channels that streams name, and how many streams ask for each, by name. */
    public Map<String, Integer> named(Predicate<String> wanted) {
        lock.lock();
        try {
            return channels.named(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** The channels that streams ask for, and what each has had so far, by name. */
    public Map<String, ChannelCounts> counts(Predicate<String> wanted) {
        lock.lock();
        try {
            return channels.counts(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** How many channels take memory. */
    public int channels() {
        lock.lock();
        try {
            return channels.size();
        } finally {
            lock.unlock();
        }
    }

    /** The channel of this name if somebody asks for it, or null. */
    private @Nullable Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel == null && channels.arePatternsWanted()) {
            channel = channels.matched(name);
            if (channel != null) {
                sweep.begin();
            }
        }
        return channel;
    }

    /** Removes channels that are only matched, and not in use. Whether there are others of that kind. */
    private boolean removeIdle() {
        lock.lock();
        try {
            boolean others = channels.removeIdle();
            if (!others) {
                sweep.ended();
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the sweep. */
    public void close() {
        sweep.close();
    }
}
