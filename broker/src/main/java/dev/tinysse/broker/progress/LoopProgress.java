package dev.tinysse.broker.progress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The progress of an event loop: the loop's thread calls {@link #busy} and {@link #idle}, and any thread reads the rest. A turn costs the
 * loop two stores to its own counter, without a fence.
 */
public final class LoopProgress {
    private static final StackTraceElement[] NONE = {};

    private final String name;
    /** Odd while the loop is busy. */
    private final AtomicLong turns = new AtomicLong();
    private final AtomicReference<Thread> running = new AtomicReference<>();

    /**
     * A loop that is idle.
     *
     * @param name of its thread
     */
    public LoopProgress(String name) {
        this.name = name;
    }

    /** {@return the name of the loop's thread} */
    public String name() {
        return name;
    }

    /**
     * The loop has something to do. Again without effect until it is idle.
     *
     * @param thread that does it: the loop's own, or a virtual thread that it carries
     */
    public void busy(Thread thread) {
        running.setOpaque(thread);
        long turn = turns.getPlain();
        if (!isBusy(turn)) {
            turns.setOpaque(turn + 1);
        }
    }

    /** The loop waits for something to do from now on. */
    public void idle() {
        long turn = turns.getPlain();
        if (isBusy(turn)) {
            turns.setOpaque(turn + 1);
        }
    }

    /** {@return the number of times that the loop has become busy or idle} */
    public long turns() {
        return turns.getOpaque();
    }

    /**
     * Tells what the loop was doing.
     *
     * @param turns of {@link #turns()}
     * @return whether it was busy
     */
    public static boolean isBusy(long turns) {
        return (turns & 1) == 1;
    }

    /** {@return the stack of the thread that does the loop's work, innermost call first; empty if none does any} */
    public StackTraceElement[] stack() {
        Thread thread = running.getOpaque();
        return thread == null ? NONE : thread.getStackTrace();
    }
}
