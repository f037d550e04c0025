package dev.tinysse.lua;

import dev.tinysse.lua.memory.WorkClock;
import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Stops calls whose time is over, and has the memory of the running call watched. A call only writes down its deadline; a
 * platform thread, which no busy virtual thread can keep from running, looks at it every few milliseconds while there is one. The methods are for the thread
 * that holds the engine's lock.
 */
final class Watchdog implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;
    /** For a call without a time limit whose memory is watched. */
    private static final long AGES = Long.MAX_VALUE / 2;
    private static final long GLANCE_NANOS = 5_000_000;

    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /** Ends a call; any thread may do that. */
    @FunctionalInterface
    interface Stop {

        /** Ends the running call for the reason {@code why} if it is {@code stillMeant}. */
        void stop(String why, BooleanSupplier stillMeant);
    }

    private final Stop call;
    private final Runnable memory;
    private final WorkClock clock = WorkClock.ofJvm();
    private volatile long deadline = NEVER;
    private volatile boolean closed;
    private volatile boolean asleep;
    private Thread thread;

    /** @param memory ends the running call if it holds too much */
    Watchdog(Stop call, Runnable memory) {
        this.call = call;
        this.memory = memory;
    }

    /** The deadline of the running call. */
    long deadline() {
        return deadline;
    }

    /** Begins a call. */
    void start(CallLimits limits) {
        if (limits.time().isZero() && limits.memory() == 0) {
            deadline = NEVER;
        } else {
            deadline = clock.nanos() + (limits.time().isZero() ? AGES : limits.time().toNanos());
            wake();
        }
    }

    /** Goes back to the deadline of the call around the one that has ended. */
    void resume(long outer) {
        deadline = outer;
    }

    /** Stops the clock; gives how much time is left. */
    long pause() {
        long left = deadline == NEVER ? NEVER : deadline - clock.nanos();
        deadline = NEVER;
        return left;
    }

    /** Lets the clock go on with {@code left} time. */
    void restart(long left) {
        deadline = left == NEVER ? NEVER : clock.nanos() + left;
        if (left != NEVER) {
            wake();
        }
    }

    private void wake() {
        if (thread == null) {
            WeakReference<Watchdog> watched = new WeakReference<>(this);
            thread = Thread.ofPlatform().daemon().name("lua-watchdog").start(() -> watch(watched));
        } else if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private static void watch(WeakReference<Watchdog> watched) {
        boolean reported = false;
        while (true) {
            Watchdog watchdog = watched.get();
            if (watchdog == null || watchdog.closed) {
                return;
            }
            boolean idle = false;
            try {
                idle = watchdog.look();
            } catch (OutOfMemoryError scarce) {
                reported = reported || report(scarce);
            }
            watchdog = null;
            LockSupport.parkNanos(idle ? 200 * GLANCE_NANOS : GLANCE_NANOS);
        }
    }

    /** Logs that the heap is full; gives whether there was memory enough for that. */
    private static boolean report(OutOfMemoryError scarce) {
        try {
            LOG.log(System.Logger.Level.WARNING, "the heap is full: calls may end later than their time limit", scarce);
            return true;
        } catch (OutOfMemoryError stillScarce) {
            return false;
        }
    }

    /** Stops the call if its time is over or it holds too much; gives whether there is nothing to watch. */
    private boolean look() {
        long due = deadline;
        asleep = due == NEVER;
        if (due == NEVER) {
            return deadline == NEVER;
        }
        if (clock.nanos() - due >= 0) {
            call.stop("time limit exceeded", () -> deadline == due);
        }
        memory.run();
        return false;
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
