package dev.tinysse.broker.dispatch;

import dev.tinysse.broker.log.ChannelSet;

/** How many streams ask for the same channels, by fan-out thread. To be read and written under the {@link Dispatcher}'s lock. */
public final class Interest {
    public final ChannelSet channels;
    /** Whether they receive joins and leaves. */
    final boolean presence;
    private final int[] streams;
    private int all;

    Interest(ChannelSet channels, boolean presence, int workers) {
        this.channels = channels;
        this.presence = presence;
        this.streams = new int[workers];
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
}
