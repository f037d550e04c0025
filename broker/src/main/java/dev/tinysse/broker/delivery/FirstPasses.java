package dev.tinysse.broker.delivery;

import dev.tinysse.broker.dispatch.NanoClock;
import dev.tinysse.broker.dispatch.QueuedEntry;
import dev.tinysse.broker.figures.Timings;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The messages that have not been brought to all streams of one fan-out thread that can take them, to know how long that took. That
 * thread alone calls it. Empty unless somebody wants to know.
 */
final class FirstPasses {
    private final Queue<QueuedEntry> passing = new ArrayDeque<>();
    private final NanoClock clock;
    private final Timings timings;
    private int inHook;

    FirstPasses(NanoClock clock, Timings timings) {
        this.clock = clock;
        this.timings = timings;
    }

    void add(QueuedEntry entry) {
        if (entry.isTimed()) {
            passing.add(entry);
        }
    }

    /** All messages have been written, but for so many of the newest. */
    void passed(long but) {
        passed((int) Math.max(0, passing.size() - but));
    }

    /** All messages, but for so many of the newest, are on their way through the hook. */
    void begun(long but) {
        inHook = (int) Math.max(0, passing.size() - but);
    }

    /** Those that were on their way through the hook have been written. */
    void ended() {
        passed(inHook);
        inHook = 0;
    }

    private void passed(int messages) {
        if (messages > 0) {
            long now = clock.nanos();
            for (int i = 0; i < messages && !passing.isEmpty(); i++) {
                passing.remove().passed(now, timings);
            }
        }
    }
}
