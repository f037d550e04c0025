package dev.tinysse.luahooks.sqlite;

import java.time.Duration;

/** One stay in a database: whether it must end. {@link #stop} may be called by any thread, all else by the one at work. */
final class Run {

    private final Duration limit;
    private volatile boolean stopped;
    private boolean begun;
    private long began;
    private boolean late;

    /** @param limit how long it may be at work; zero for any time. Waiting for a locked file hardly counts */
    Run(Duration limit) {
        this.limit = limit;
    }

    /** Ends it at the next look. */
    void stop() {
        stopped = true;
    }

    /** Whether it has been at work for longer than it may. */
    boolean isLate() {
        return late;
    }

    /** Whether it must end. The clock starts with the first look, which comes when the statement has got going. */
    boolean mustEnd() {
        long now = System.nanoTime();
        if (!begun) {
            begun = true;
            began = now;
        }
        late = !limit.isZero() && now - began > limit.toNanos();
        return late || stopped;
    }
}
