package dev.tinysse.broker.dispatch;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.Hole;
import dev.tinysse.broker.log.LogFollower;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.Receipt;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Knows which channels streams ask for, and gives each message to the fan-out threads whose streams want it. Safe for any thread: one
 * lock makes that a stream gets exactly what is committed after it has joined.
 *
 * <p>Patterns are matched when a channel comes into being and when somebody asks with a new set of channels, not for each message.
 */
public final class Dispatcher implements LogFollower {
    private final int capacity;
    private final boolean withIds;
    private final StreamFormat format;
    private final List<WorkerQueue> queues;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<ChannelSet, Interest> interests = new HashMap<>();
    /** Those of streams that are told who comes and goes. */
    private final Map<ChannelSet, Interest> withPresence = new HashMap<>();
    private final List<Interest> withPatterns = new ArrayList<>();
    private final ChannelSweep sweep = new ChannelSweep(this::removeIdle);
    /** Those who look on; a change makes another list. */
    private List<Watcher> watchers = List.of();
    private final LongSupplier clock;
    private volatile boolean timed;
    private volatile long position;
    /** How often streams have joined and left. */
    private volatile long changes;

    private record Watcher(ChannelSet channels, Consumer<Publication> told) {
        void committed(Publication publication) {
            if (channels.contains(publication.channel())) {
                told.accept(publication);
            }
        }
    }

    /**
     * A dispatcher without streams.
     *
     * @param withIds whether publishers are told the ids of their messages
     */
    public Dispatcher(int capacity, boolean withIds, StreamFormat format, List<WorkerQueue> queues) {
        this(capacity, withIds, format, queues, System::nanoTime);
    }

    /** The same with a clock of nanoseconds. */
    public Dispatcher(int capacity, boolean withIds, StreamFormat format, List<WorkerQueue> queues,
            LongSupplier clock) {
        this.clock = clock;
        this.capacity = capacity;
        this.withIds = withIds;
        this.format = format;
        this.queues = queues;
    }

    @Override
    public Receipt committed(LogRecord message) {
        Publication publication = message.publication();
        Optional<String> id = withIds ? publication.message().id() : Optional.empty();
        int subscribers;
        int queued;
        lock.lock();
        try {
            position = message.position();
            if (!watchers.isEmpty()) {
                watchers.forEach(watcher -> watcher.committed(publication));
            }
            Channel channel = channels.get(publication.channel());
            if (channel == null && !withPatterns.isEmpty()) {
                channel = matched(publication.channel());
            }
            subscribers = channel == null ? 0 : channel.subscribers();
            if (subscribers == 0) {
                return new Receipt(0, 0, id);
            }
            QueuedEntry entry = channel.append(message, format.message(publication.message()), subscribers);
            queued = channel.queued();
            addToQueues(entry, channel);
        } finally {
            lock.unlock();
        }
        queues.forEach(WorkerQueue::signal);
        return new Receipt(queued, subscribers, id);
    }

    /**
     * Tells of each message of these channels from now on, without being a stream: it counts for no publisher.
     *
     * @param told of each message in order, under the lock: must not wait, nor fail
     * @return to be run when no more is to be told
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
            if (withPresence.isEmpty()) {
                return;
            }
            Channel channel = channels.get(change.channel());
            if (channel == null && !withPatterns.isEmpty()) {
                channel = matched(change.channel());
            }
            Channel told = channel == null ? null : channel.notices();
            if (told == null || told.subscribers() == 0) {
                return;
            }
            QueuedEntry entry = told.append(position, format.presence(change));
            addToQueues(entry, told);
        } finally {
            lock.unlock();
        }
        queues.forEach(WorkerQueue::signal);
    }

    private void addToQueues(QueuedEntry entry, Channel channel) {
        if (timed && !entry.notice) {
            entry.time(clock.getAsLong(), wanting(channel));
        }
        for (int worker = 0; worker < queues.size(); worker++) {
            if (channel.isWanted(worker)) {
                queues.get(worker).add(entry);
            }
        }
    }

    @Override
    public void missed(Hole hole) {
        lock.lock();
        try {
            position = hole.upTo();
            Missed missed = new Missed(hole);
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

    /** How many messages some stream has not taken, in all channels. */
    public long queued() {
        lock.lock();
        try {
            return channels.values().stream().mapToLong(Channel::queued).sum();
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
     * @param presence whether it is told who comes and goes
     * @return the position up to which nothing comes
     */
    public long join(Joining stream, ChannelSet asked, boolean presence, int worker) {
        lock.lock();
        try {
            Interest interest = (presence ? withPresence : interests).get(asked);
            if (interest == null) {
                interest = add(asked, presence);
            }
            interest.add(worker);
            long before = changes; // under the lock
            changes = before + 1;
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
            long before = changes; // under the lock
            changes = before + 1;
            if (interest.streams() == 0) {
                remove(interest);
            }
            return queues.get(worker).added();
        } finally {
            lock.unlock();
        }
    }

    /** What a publisher is told of a message that is not published, or not yet: what there is in the channel. */
    public Receipt preview(String name, boolean published) {
        lock.lock();
        try {
            Channel channel = channels.get(name);
            int queued = channel == null ? 0 : channel.queued();
            if (!published) {
                return new Receipt(queued, 0, Optional.empty());
            }
            int subscribers = subscribers(name);
            return new Receipt(subscribers == 0 ? 0 : Math.min(queued + 1, capacity), subscribers, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** How many streams a message of a channel would be for. */
    public int subscribers(String name) {
        lock.lock();
        try {
            Channel channel = channels.get(name);
            if (channel != null) {
                return channel.subscribers();
            }
            return withPatterns.stream().filter(interest -> interest.channels.contains(name))
                    .mapToInt(Interest::streams).sum();
        } finally {
            lock.unlock();
        }
    }

    /** What streams ask for, and how many ask for the same. */
    public Map<ChannelSet, Integer> interests() {
        lock.lock();
        try {
            Map<ChannelSet, Integer> all = new HashMap<>();
            interests.forEach((asked, interest) -> all.merge(asked, interest.streams(), Integer::sum));
            withPresence.forEach((asked, interest) -> all.merge(asked, interest.streams(), Integer::sum));
            return all;
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
            Map<String, Integer> named = new TreeMap<>();
            channels.values().stream().filter(channel -> wanted.test(channel.name) && channel.isNamed())
                    .forEach(channel -> named.put(channel.name, channel.subscribers()));
            return named;
        } finally {
            lock.unlock();
        }
    }

    /** The channels that streams ask for, and what each has had so far, by name. */
    public Map<String, ChannelCounts> counts(Predicate<String> wanted) {
        lock.lock();
        try {
            Map<String, ChannelCounts> counts = new TreeMap<>();
            channels.values().stream().filter(channel -> wanted.test(channel.name))
                    .forEach(channel -> counts.put(channel.name, channel.counts()));
            return counts;
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

    private Interest add(ChannelSet asked, boolean presence) {
        Interest interest = new Interest(asked, presence, queues.size());
        for (String name : asked.names()) {
            channels.computeIfAbsent(name, this::newChannel);
        }
        if (asked.patterns().isEmpty()) {
            asked.names().forEach(name -> channels.get(name).add(interest));
        } else {
            channels.values().stream().filter(channel -> asked.contains(channel.name))
                    .forEach(channel -> channel.add(interest));
            withPatterns.add(interest);
        }
        (presence ? withPresence : interests).put(asked, interest);
        return interest;
    }

    private void remove(Interest interest) {
        (interest.presence ? withPresence : interests).remove(interest.channels);
        if (interest.channels.patterns().isEmpty()) {
            interest.channels.names().forEach(name -> remove(interest, channels.get(name)));
        } else {
            withPatterns.remove(interest);
            List.copyOf(channels.values()).stream().filter(channel -> interest.channels.contains(channel.name))
                    .forEach(channel -> remove(interest, channel));
        }
    }

    private void remove(Interest interest, Channel channel) {
        channel.remove(interest);
        if (channel.subscribers() == 0) {
            channels.remove(channel.name);
        } else if (!channel.isNamed()) {
            sweep.begin();
        }
    }

    /** A channel that nobody names, but somebody matches; or null. */
    private Channel matched(String name) {
        Channel channel = newChannel(name);
        if (channel.subscribers() == 0) {
            return null;
        }
        channels.put(name, channel);
        sweep.begin();
        return channel;
    }

    private Channel newChannel(String name) {
        Channel channel = new Channel(name, capacity);
        for (Interest interest : withPatterns) {
            if (interest.channels.contains(name)) {
                channel.add(interest);
            }
        }
        return channel;
    }

    /** Removes channels that are only matched, and not in use. Whether there are others of that kind. */
    private boolean removeIdle() {
        lock.lock();
        try {
            channels.values().removeIf(channel -> channel.isIdle() && !channel.isNamed());
            boolean others = channels.values().stream().anyMatch(channel -> !channel.isNamed());
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
