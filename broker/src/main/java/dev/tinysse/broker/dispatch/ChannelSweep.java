package dev.tinysse.broker.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for channels that are no longer in use, every few seconds, as long as there are some that have to be looked for. Safe for any
 * thread, under its caller's lock.
 */
final class ChannelSweep {
    private static final Duration INTERVAL = Duration.ofSeconds(4);

    private final BooleanSupplier look;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** A sweep that calls this, which tells whether to go on. */
    ChannelSweep(BooleanSupplier look) {
        this.look = look;
    }

    /** There is something to look for. */
    void begin() {
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("tinysse-channel-sweep").start(this::run);
        }
    }

    /** There is nothing left to look for. */
    void ended() {
        thread = null;
    }

    void close() {
        closed = true;
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
        }
    }

    private void run() {
        do {
            LockSupport.parkNanos(INTERVAL.toNanos());
        } while (!closed && look.getAsBoolean());
    }
}
