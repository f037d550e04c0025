package dev.tinysse.broker.log.memory;

import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.Append;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.HistoryTotal;
import dev.tinysse.broker.log.LogConfig;
import dev.tinysse.broker.log.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a log in memory keeps, within its limits. Under the lock of its log, unless a method says otherwise. */
final class MemoryHistory {
    private final Map<String, MemoryChannel> channels = new ConcurrentHashMap<>();
    private final RecordQueue queue = new RecordQueue();
    private final SharedRequests requests = new SharedRequests();
    private final LogConfig config;
    private final Positions positions;
    private long size;
    /** Of all channels without any record, none of which is remembered, the last record, and when it went. */
    private volatile long forgotten;
    private volatile long forgottenMark;

    MemoryHistory(LogConfig config, Positions positions) {
        this.config = config;
        this.positions = positions;
    }

    /** Whoever is after something in a channel without any record misses what was forgotten. */
    boolean hasForgotten(long after, long known) {
        return forgotten > after && forgottenMark > known;
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
            channel = new MemoryChannel(name, forgotten, forgottenMark);
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

    /** What a request takes, which shares its headers with others if it is not the one that was appended. */
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
            forget(channel);
        }
    }

    private void remove(MemoryChannel channel, long position) {
        int bytes = queue.remove(position);
        channel.gaveBack(bytes);
        size -= bytes;
    }

    private void forget(MemoryChannel channel) {
        channels.remove(channel.name());
        size -= RecordSize.ofChannel(channel.name());
        forgotten = Math.max(forgotten, channel.last());
        forgottenMark = positions.last();
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
        forget(channel);
        return records;
    }

    /** What all that is kept takes. */
    HistoryTotal total() {
        return new HistoryTotal(channels.size(), queue.size(), size);
    }
}
