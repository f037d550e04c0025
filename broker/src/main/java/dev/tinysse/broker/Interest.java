package dev.tinysse.broker;

import dev.tinysse.broker.log.ChannelSet;

/**
 * The streams that ask for the same channels. The counts belong to the {@link Dispatcher} and are read and written under its lock; a
 * group belongs to its fan-out thread.
 */
final class Interest {
    final ChannelSet channels;
    private final int[] streams;
    private final StreamGroup[] groups;
    private int all;

    Interest(ChannelSet channels, int workers) {
        this.channels = channels;
        this.streams = new int[workers];
        this.groups = new StreamGroup[workers];
    }

    void add(int worker) {
        streams[worker]++;
        all++;
    }

    void remove(int worker) {
        streams[worker]--;
        all--;
    }

    /** How many streams of a fan-out thread there are. */
    int streams(int worker) {
        return streams[worker];
    }

    /** How many streams there are. */
    int streams() {
        return all;
    }

    /** The group of a fan-out thread; null before its first stream has arrived there. */
    StreamGroup group(int worker) {
        return groups[worker];
    }

    void group(int worker, StreamGroup group) {
        groups[worker] = group;
    }
}
