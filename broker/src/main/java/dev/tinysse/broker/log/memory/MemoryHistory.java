package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.Positions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The content of a log in memory, within its limits. Under the lock of its log, unless a method says otherwise. */
final class MemoryHistory {
    private static final int MAX_FORGETS = 1000;

    private final Map<String, MemoryChannel> channels = new ConcurrentHashMap<>();
    private final RecordQueue queue = new RecordQueue();
    private final SharedRequests requests = new SharedRequests();
    private final LogConfig config;
    private final Positions positions;
    private long size;
    /** Of all channels without any record, none of which is remembered, the last record, and when it went. */
    private volatile Forgotten forgotten = new Forgotten(0, 0);
    /** Channels that operators have forgotten, some of them: these say nothing of others. */
    private final Map<String, Forgotten> forgets = new ConcurrentHashMap<>();

    /** The last record of a channel without any, and a mark of when it went. */
    private record Forgotten(long through, long mark) {
        boolean concerns(long after, long known) {
            return through > after && mark > known;
        }

        Forgotten and(Forgotten other) {
            return new Forgotten(Math.max(through, other.through), Math.max(mark, other.mark));
        }
    }

    MemoryHistory(LogConfig config, Positions positions) {
        this.config = config;
        this.positions = positions;
    }

    /** Whether something may be missing behind a position in a channel without any record that nothing is known of. */
    boolean hasForgotten(long after, long known) {
        return forgotten.concerns(after, known);
    }

    /** Whether something may be missing behind a position in a channel without any record. */
    boolean hasForgotten(String name, long after, long known) {
        Forgotten its = forgets.get(name);
        return its != null && its.concerns(after, known) || hasForgotten(after, known);
    }

    /** {@return names of channels that operators have forgotten, perhaps not all} */
    Set<String> forgets() {
        return forgets.keySet();
    }

    RecordQueue queue() {
        return queue;
    }

    /** {@return the channels that have records, to be looked up and walked through by any thread} */
    Map<String, MemoryChannel> channels() {
        return channels;
    }

    /** {@return the channels with records that somebody asks for; for any thread} */
    List<MemoryChannel> channels(ChannelSet asked) {
        List<MemoryChannel> found = new ArrayList<>();
        if (asked.patterns().isEmpty()) {
            for (String name : asked.names()) {
                MemoryChannel channel = channels.get(name);
                if (channel != null) {
                    found.add(channel);
                }
            }
        } else {
            for (MemoryChannel channel : channels.values()) {
                if (asked.contains(channel.name())) {
                    found.add(channel);
                }
            }
        }
        return found;
    }

    /**
     * Keeps a publication that has been appended at a position, and drops what goes beyond the limits.
     *
     * @return the position before it in its channel
     */
    long add(long position, Append.Item item) {
        Publication publication = item.publication();
        String name = publication.channel();
        MemoryChannel channel = channels.get(name);
        if (channel == null) {
            Forgotten before = forgotten.and(forgets.getOrDefault(name, forgotten));
            channel = new MemoryChannel(name, before.through(), before.mark());
            channels.put(name, channel);
            size += RecordSize.ofChannel(name);
        }
        long previous = channel.last();
        Request known = requests.find(publication.request());
        Request request = known == null ? requests.add(publication.request()) : known;
        int requestBytes = known == null ? newBytes(request, publication.request()) : 0;
        int bytes = channel.add(position, publication, request, requestBytes, item.attributes());
        queue.add(position, channel, bytes);
        size += bytes;
        if (channel.size() > config.count()) {
            remove(channel, channel.dropOldest(position));
        }
        while (size > config.size() && queue.size() > 1) {
            dropOldest();
        }
        return previous;
    }

    /** The size of a request, which shares its headers with others if it is not the one that was appended. */
    private static int newBytes(Request request, Request appended) {
        return request == appended ? RecordSize.ofRequest(request) : RecordSize.REQUEST;
    }

    /** Drops what has become too old. */
    void dropOld() {
        if (!config.age().isZero()) {
            long oldest = Positions.ofMillis(config.clock().millis() - config.age().toMillis());
            while (!queue.isEmpty() && queue.oldest() < oldest) {
                dropOldest();
            }
        }
    }

    private void dropOldest() {
        MemoryChannel channel = queue.oldestChannel();
        remove(channel, queue.oldest());
        channel.dropOldest(positions.next());
        if (channel.size() == 0) {
            forgotten = forgotten.and(remove(channel));
        }
    }

    private void remove(MemoryChannel channel, long position) {
        int bytes = queue.remove(position);
        channel.release(bytes);
        size -= bytes;
    }

    private Forgotten remove(MemoryChannel channel) {
        channels.remove(channel.name());
        size -= RecordSize.ofChannel(channel.name());
        return new Forgotten(channel.last(), positions.last());
    }

    /** Drops all that a channel has. How many records that were. */
    int forget(String name) {
        MemoryChannel channel = channels.get(name);
        if (channel == null) {
            return 0;
        }
        int records = channel.size();
        long mark = positions.next();
        while (channel.size() > 0) {
            remove(channel, channel.position(0));
            channel.dropOldest(mark);
        }
        forgets.put(name, remove(channel));
        if (forgets.size() > MAX_FORGETS) {
            Map.Entry<String, Forgotten> first = Collections.min(forgets.entrySet(),
                    Comparator.comparingLong(its -> its.getValue().mark()));
            forgotten = forgotten.and(first.getValue());
            forgets.remove(first.getKey());
        }
        return records;
    }

    /** The size of all stored records. */
    HistoryTotal total() {
        return new HistoryTotal(channels.size(), queue.size(), size);
    }
}
