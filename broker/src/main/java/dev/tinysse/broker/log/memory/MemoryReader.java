package dev.tinysse.broker.log.memory;

import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.broker.log.LogPage;
import dev.tinysse.broker.log.LogRange;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.log.PageRoom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Lock;

/**
 * Reads what a log in memory keeps. Safe for any thread. Takes the log's lock, and gives it back after a page or a step, however much
 * it goes through.
 */
final class MemoryReader {
    /** So many places are gone through before the lock is given to others. */
    private static final int STEP = 2048;

    private final MemoryHistory history;
    private final Lock lock;

    /** Records of one channel, from an index on. */
    private static final class Cursor {
        final MemoryChannel channel;
        int index;

        Cursor(MemoryChannel channel, int index) {
            this.channel = channel;
            this.index = index;
        }

        long position() {
            return channel.position(index);
        }
    }

    /** The stored records of a range, as many as fit into a page. */
    private static final class Found {
        final LogRange range;
        final List<KeptRecord> records = new ArrayList<>();
        private final PageRoom room;

        Found(LogRange range) {
            this.range = range;
            this.room = new PageRoom(range);
        }

        boolean add(KeptRecord record) {
            return room.take(record.text()) && records.add(record);
        }

        boolean isComplete() {
            return !room.isFull();
        }
    }

    MemoryReader(MemoryHistory history, Lock lock) {
        this.history = history;
        this.lock = lock;
    }

    LogPage read(LogRange range, String epoch) {
        Found found = find(range);
        List<LogRecord> records = new ArrayList<>(found.records.size());
        for (KeptRecord record : found.records) {
            records.add(record.record(epoch));
        }
        return new LogPage(records, found.isComplete());
    }

    private Found find(LogRange range) {
        Found found = new Found(range);
        if (isShorterThrough(range.channels(), range.after())) {
            findThrough(found);
            return found;
        }
        List<MemoryChannel> channels = history.channels(range.channels());
        lock.lock();
        try {
            history.dropOld();
            if (channels.size() == 1) {
                findInOne(channels.getFirst(), found);
            } else {
                findMerged(channels, found);
            }
        } finally {
            lock.unlock();
        }
        return found;
    }

    OptionalLong find(ChannelSet channels, String id) {
        long after = 0;
        while (true) {
            Found found = find(new LogRange(channels, after, Long.MAX_VALUE, STEP, Integer.MAX_VALUE));
            for (KeptRecord record : found.records) {
                if (record.ownId().filter(id::equals).isPresent()) {
                    return OptionalLong.of(record.position());
                }
            }
            if (found.isComplete()) {
                return OptionalLong.empty();
            }
            after = found.records.getLast().position();
        }
    }

    long startOfLast(ChannelSet asked, int count) {
        List<MemoryChannel> channels = history.channels(asked);
        lock.lock();
        try {
            history.dropOld();
            PriorityQueue<Cursor> newest = new PriorityQueue<>(
                    Comparator.comparingLong(Cursor::position).reversed());
            for (MemoryChannel channel : channels) {
                if (channel.size() > 0) {
                    newest.add(new Cursor(channel, channel.size() - 1));
                }
            }
            int left = count;
            while (!newest.isEmpty()) {
                Cursor cursor = newest.poll();
                if (--left == 0) {
                    return cursor.position() - 1;
                }
                if (--cursor.index >= 0) {
                    newest.add(cursor);
                }
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there are fewer records behind a position than channels among which a pattern would have to look. */
    private boolean isShorterThrough(ChannelSet channels, long after) {
        if (channels.patterns().isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            return history.queue().end() - history.queue().firstBehind(after) <= history.channels().size();
        } finally {
            lock.unlock();
        }
    }

    /** Goes through the records of all channels. */
    private void findThrough(Found found) {
        long after = found.range.after();
        while (after >= 0) {
            List<KeptRecord> step = step(after, found.range.upTo());
            after = step.size() < STEP ? -1 : step.getLast().position();
            for (KeptRecord record : step) {
                if (found.range.channels().contains(record.channel()) && !found.add(record)) {
                    return;
                }
            }
        }
    }

    private List<KeptRecord> step(long after, long upTo) {
        List<KeptRecord> records = new ArrayList<>();
        lock.lock();
        try {
            history.dropOld();
            RecordQueue queue = history.queue();
            for (int i = queue.firstBehind(after); i < queue.end() && records.size() < STEP; i++) {
                MemoryChannel channel = queue.channel(i);
                if (channel != null && queue.position(i) <= upTo) {
                    records.add(channel.atPosition(queue.position(i)));
                }
            }
        } finally {
            lock.unlock();
        }
        return records;
    }

    private static void findInOne(MemoryChannel channel, Found found) {
        for (int i = channel.firstBehind(found.range.after()); i < channel.size(); i++) {
            if (channel.position(i) > found.range.upTo() || !found.add(channel.at(i))) {
                return;
            }
        }
    }

    private static void findMerged(List<MemoryChannel> channels, Found found) {
        PriorityQueue<Cursor> oldest = new PriorityQueue<>(
                Comparator.comparingLong(Cursor::position));
        for (MemoryChannel channel : channels) {
            int index = channel.firstBehind(found.range.after());
            if (index < channel.size()) {
                oldest.add(new Cursor(channel, index));
            }
        }
        while (!oldest.isEmpty()) {
            Cursor cursor = oldest.poll();
            if (cursor.position() > found.range.upTo() || !found.add(cursor.channel.at(cursor.index))) {
                return;
            }
            if (++cursor.index < cursor.channel.size()) {
                oldest.add(cursor);
            }
        }
    }
}
