package dev.tinysse.broker.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Lock;

/**
 * Reads what a log in memory keeps. Safe for any thread. Takes the log's lock, and gives it back within a few microseconds, however
 * much it goes through.
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

        LogRecord record() {
            return channel.at(index);
        }
    }

    MemoryReader(MemoryHistory history, Lock lock) {
        this.history = history;
        this.lock = lock;
    }

    LogPage read(LogRange range) {
        if (isShorterThrough(range.channels(), range.after())) {
            return readThrough(range);
        }
        List<MemoryChannel> channels = history.channels(range.channels());
        PageBuilder page = new PageBuilder(range);
        lock.lock();
        try {
            history.dropOld();
            if (channels.size() == 1) {
                readOne(channels.getFirst(), range, page);
            } else {
                readMerged(channels, range, page);
            }
        } finally {
            lock.unlock();
        }
        return page.build(false);
    }

    OptionalLong find(ChannelSet channels, String id) {
        long after = 0;
        while (true) {
            LogPage page = read(new LogRange(channels, after, Long.MAX_VALUE, STEP, Integer.MAX_VALUE));
            for (LogRecord record : page.records()) {
                if (record.publication().message().id().filter(id::equals).isPresent()) {
                    return OptionalLong.of(record.position());
                }
            }
            if (page.complete()) {
                return OptionalLong.empty();
            }
            after = page.records().getLast().position();
        }
    }

    long startOfLast(ChannelSet asked, int count) {
        List<MemoryChannel> channels = history.channels(asked);
        lock.lock();
        try {
            history.dropOld();
            PriorityQueue<Cursor> newest = new PriorityQueue<>(
                    Comparator.comparingLong((Cursor cursor) -> cursor.record().position()).reversed());
            for (MemoryChannel channel : channels) {
                if (channel.size() > 0) {
                    newest.add(new Cursor(channel, channel.size() - 1));
                }
            }
            int left = count;
            while (!newest.isEmpty()) {
                Cursor cursor = newest.poll();
                if (--left == 0) {
                    return cursor.record().position() - 1;
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
    private LogPage readThrough(LogRange range) {
        PageBuilder page = new PageBuilder(range);
        long after = range.after();
        while (after >= 0) {
            List<LogRecord> step = step(after, range.upTo());
            after = step.size() < STEP ? -1 : step.getLast().position();
            for (LogRecord record : step) {
                if (range.channels().contains(record.publication().channel()) && !page.add(record)) {
                    return page.build(false);
                }
            }
        }
        return page.build(false);
    }

    private List<LogRecord> step(long after, long upTo) {
        List<LogRecord> records = new ArrayList<>();
        lock.lock();
        try {
            history.dropOld();
            RecordQueue queue = history.queue();
            for (int i = queue.firstBehind(after); i < queue.end() && records.size() < STEP; i++) {
                LogRecord record = queue.at(i);
                if (record != null && record.position() <= upTo) {
                    records.add(record);
                }
            }
        } finally {
            lock.unlock();
        }
        return records;
    }

    private static void readOne(MemoryChannel channel, LogRange range, PageBuilder page) {
        for (int i = channel.firstBehind(range.after()); i < channel.size(); i++) {
            LogRecord record = channel.at(i);
            if (record.position() > range.upTo() || !page.add(record)) {
                return;
            }
        }
    }

    private static void readMerged(List<MemoryChannel> channels, LogRange range, PageBuilder page) {
        PriorityQueue<Cursor> oldest = new PriorityQueue<>(
                Comparator.comparingLong((Cursor cursor) -> cursor.record().position()));
        for (MemoryChannel channel : channels) {
            int index = channel.firstBehind(range.after());
            if (index < channel.size()) {
                oldest.add(new Cursor(channel, index));
            }
        }
        while (!oldest.isEmpty()) {
            Cursor cursor = oldest.poll();
            if (cursor.record().position() > range.upTo() || !page.add(cursor.record())) {
                return;
            }
            if (++cursor.index < cursor.channel.size()) {
                oldest.add(cursor);
            }
        }
    }
}
