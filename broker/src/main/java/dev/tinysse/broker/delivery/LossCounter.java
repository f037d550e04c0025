package dev.tinysse.broker.delivery;

import java.util.concurrent.atomic.LongAdder;

/** How many messages were lost to streams that were too slow, in all. Safe for any thread. */
public final class LossCounter {
    private final LongAdder lost = new LongAdder();

    public void add(long messages) {
        lost.add(messages);
    }

    public long total() {
        return lost.sum();
    }
}
