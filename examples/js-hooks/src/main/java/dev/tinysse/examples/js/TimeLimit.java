package dev.tinysse.examples.js;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;

/**
 * Interrupts the call that runs in a context if it computes for too long. The thread that holds the context begins and ends; it must
 * have left the context when it ends, since an interrupt waits for that.
 */
final class TimeLimit implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;
    private static final Duration FOR_EVER = Duration.ofDays(1000);

    private final Context context;
    // not a virtual thread: those that compute could leave it no processor
    private final Thread watcher = Thread.ofPlatform().daemon().name("js-time-limit").unstarted(this::watch);
    private long deadline;
    private boolean running;

    TimeLimit(Context context) {
        this.context = context;
        watcher.start();
    }

    /** A call begins. Zero is no limit. */
    synchronized void begin(Duration limit) {
        deadline = System.nanoTime() + (limit.isZero() ? FOR_EVER : limit).toNanos();
        running = true;
    }

    /** The call has ended, or waits. Hands back how much of its time is left. */
    synchronized Duration end() {
        running = false;
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                check();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private synchronized void check() {
        if (running && System.nanoTime() - deadline > 0) {
            try {
                context.interrupt(Duration.ofSeconds(1));
            } catch (TimeoutException e) {
                // it is in Java code; the next look comes soon
            }
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
