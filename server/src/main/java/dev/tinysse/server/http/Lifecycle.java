package dev.tinysse.server.http;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the server takes new work, and how much of it is under way. Safe for any thread. */
public final class Lifecycle {
    private final Phaser publishing = new Phaser(1);
    private volatile boolean stopping;

    /** {@return whether a stop has begun} */
    public boolean isStopping() {
        return stopping;
    }

    /** Turns new work away from now on; to be called once. */
    public void stop() {
        stopping = true;
        publishing.arriveAndDeregister();
    }

    /**
     * Waits for messages that were on their way through the {@code publish} hook when the stop began.
     *
     * @param limit how long to wait
     * @return how many messages are still on their way through the {@code publish} hook
     * @throws InterruptedException if the thread is interrupted
     */
    public int awaitPublishes(Duration limit) throws InterruptedException {
        try {
            publishing.awaitAdvanceInterruptibly(0, limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return publishing.getUnarrivedParties();
        }
        return 0;
    }

    /** Whether a message may begin; if so, it has to {@link #end}. */
    boolean tryBegin() {
        if (stopping) {
            return false;
        }
        return publishing.register() >= 0;
    }

    void end() {
        publishing.arriveAndDeregister();
    }
}
