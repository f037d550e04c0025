package dev.tinysse.broker;

import java.util.concurrent.atomic.LongAdder;

/** How many messages were lost to streams that were too slow, in all. Safe for any thread. */
final class LossCounter {
    private final LongAdder lost = new LongAdder();

    void add(long messages) {
        lost.add(messages);
    }

    long total() {
        return lost.sum();
    }
}
