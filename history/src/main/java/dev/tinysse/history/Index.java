package dev.tinysse.history;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The stored records of each channel, and what has been dropped. Safe for any thread; nobody holds its lock for more than some
 * microseconds, and never while a file is read or written.
 */
final class Index {
    /** So many channels are looked at before the lock is given to others. */
    private static final int STEP = 256;
    /** About what a channel with a name of ordinary length takes of the heap, and what a record takes. */
    private static final long CHANNEL_BYTES = 260;
    private static final long RECORD_BYTES = 20;

    private final Lock lock = new ReentrantLock();
    private final Locked unlock = lock::unlock;
    private final ConcurrentHashMap<String, ChannelIndex> channels = new ConcurrentHashMap<>();
    private final LogConfig config;
    private final PositionSource positions;
    private final LongConsumer dead;
    private final Map<String, Forgotten> forgets = new ConcurrentHashMap<>();
    private long records;
    private volatile long newest;
    private volatile Forgotten forgotten = new Forgotten(0, 0);

    /** Of channels without any record, which are not remembered: the last record that they had, and a mark of when it went. */
    record Forgotten(long through, long mark) {
        boolean concerns(long after, long known) {
            return through > after && mark > known;
        }

        Forgotten and(Forgotten other) {
            return new Forgotten(Math.max(through, other.through), Math.max(mark, other.mark));
        }
    }

    /**
     * An empty index.
     *
     * @param dead accepts the position of each record that is dropped, under the lock
     */
    Index(LogConfig config, PositionSource positions, LongConsumer dead) {
        this.config = config;
        this.positions = positions;
        this.dead = dead;
    }

    /** Takes the lock of the index and of what segments count, until the result is closed on the same thread. */
    Locked locked() {
        lock.lock();
        return unlock;
    }

    /** The end of a locked part. */
    interface Locked extends AutoCloseable {
        @Override
        void close();
    }

    Forgotten forgotten() {
        return forgotten;
    }

    void forgotten(Forgotten from) {
        forgotten = from;
    }

    ChannelIndex channel(String name) {
        return channels.get(name);
    }

    /** {@return how many records of how many channels are stored} */
    HistoryTotal total(long bytes) {
        try (var _ = locked()) {
            return new HistoryTotal(channels.mappingCount(), records, bytes);
        }
    }

    /** Whether something may be missing behind a position in a channel without any record. */
    boolean hasForgotten(String name, long after, long known) {
        Forgotten its = forgets.get(name);
        return its != null && its.concerns(after, known) || forgotten.concerns(after, known);
    }

    /** The channels that an operator has deleted are in no file any more, and not remembered: any channel without a record may be meant. */
    void gone(Forgotten its) {
        forgotten = forgotten.and(its);
    }

    /** {@return what operators have forgotten, by channel, as far as it may still be in files; changed under the lock} */
    Map<String, Forgotten> forgets() {
        return forgets;
    }

    /** Drops all that a channel has. How many records that were. */
    int forget(String name) {
        try (var _ = locked()) {
            ChannelIndex channel = channels.get(name);
            if (channel == null) {
                return 0;
            }
            int size = channel.size();
            forget(channel, new Forgotten(channel.last(), positions.next()));
            return size;
        }
    }

    /** Drops what an operator has forgotten of a channel, which says nothing of others; under the lock. */
    void forget(ChannelIndex channel, Forgotten its) {
        forgets.put(channel.name(), its);
        dropAllBefore(channel, its.through() + 1);
        channel.dropped(its.through(), its.mark());
        if (channel.size() == 0) {
            channels.remove(channel.name());
        }
    }

    Collection<ChannelIndex> channels() {
        return channels.values();
    }

    /** {@return the greatest position: all before are here, those of one append together} */
    long newest() {
        return newest;
    }

    /** Lets readers see what has been added up to a position; under the lock. */
    void newest(long position) {
        newest = position;
    }

    /** {@return about what the index takes of the heap} */
    long heapBytes() {
        return channels.mappingCount() * CHANNEL_BYTES + records * RECORD_BYTES;
    }

    /** {@return the channels with records that somebody asks for} */
    List<ChannelIndex> channels(ChannelSet asked) {
        List<ChannelIndex> found = new ArrayList<>();
        if (asked.patterns().isEmpty()) {
            for (String name : asked.names()) {
                ChannelIndex channel = channels.get(name);
                if (channel != null) {
                    found.add(channel);
                }
            }
        } else {
            for (ChannelIndex channel : channels.values()) {
                if (asked.contains(channel.name())) {
                    found.add(channel);
                }
            }
        }
        return found;
    }

    /** {@return the position before the next one in a channel, there or lost} */
    long last(String name) {
        ChannelIndex channel = channels.get(name);
        return channel == null
                ? before(name).through()
                : Math.max(channel.last(), channel.droppedThrough());
    }

    /** The state of a channel without any record. */
    private Forgotten before(String name) {
        return forgotten.and(forgets.getOrDefault(name, forgotten));
    }

    /** Takes a new record; under the lock. */
    void add(String name, long position, int idHash, long bytes) {
        ChannelIndex channel = channels.get(name);
        if (channel == null) {
            channel = new ChannelIndex(name);
            channel.dropped(before(name).through(), before(name).mark());
            channels.put(name, channel);
        }
        channel.takes(bytes);
        add(channel, position, idHash, positions::next);
    }

    /** Takes a record out of a file; under the lock. What it drops, it dropped when the record was new. */
    ChannelIndex restore(String name, long position, int idHash, long bytes) {
        ChannelIndex channel = channels.computeIfAbsent(name, ChannelIndex::new);
        channel.takes(bytes);
        add(channel, position, idHash, () -> position);
        return channel;
    }

    private void add(ChannelIndex channel, long position, int idHash, LongSupplier mark) {
        channel.add(position, idHash);
        records++;
        if (channel.size() > config.count()) {
            dead.accept(channel.dropOldest(mark.getAsLong()));
            records--;
        }
    }

    /** {@return the least position that is not too old; 0 without a maximum age} */
    long oldest() {
        return config.age().isZero() ? 0 : Positions.ofMillis(config.clock().millis() - config.age().toMillis());
    }

    /** Drops what a channel has before a position, and forgets the channel if nothing is left; under the lock. */
    void dropBefore(ChannelIndex channel, long position) {
        dropBefore(channel, position, last -> positions.next());
    }

    /** The same, with a mark that is made from the greatest position that is dropped. */
    void dropBefore(ChannelIndex channel, long position, LongUnaryOperator markOf) {
        if (channel.size() == 0 || channel.at(0) >= position) {
            return;
        }
        dropAllBefore(channel, position);
        long mark = markOf.applyAsLong(channel.droppedThrough());
        channel.dropped(channel.droppedThrough(), mark);
        if (channel.size() == 0) {
            channels.remove(channel.name());
            forgotten = forgotten.and(new Forgotten(channel.droppedThrough(), mark));
        }
    }

    private void dropAllBefore(ChannelIndex channel, long position) {
        while (channel.size() > 0 && channel.at(0) < position) {
            dead.accept(channel.dropOldest(0));
            records--;
        }
    }

    /** Drops what all channels have before a position. */
    void dropBefore(long position) {
        List<ChannelIndex> step = new ArrayList<>();
        for (ChannelIndex channel : channels.values()) {
            step.add(channel);
            if (step.size() == STEP) {
                dropBefore(step, position);
                step.clear();
            }
        }
        dropBefore(step, position);
    }

    private void dropBefore(List<ChannelIndex> some, long position) {
        try (var _ = locked()) {
            some.forEach(channel -> dropBefore(channel, position));
        }
    }
}
