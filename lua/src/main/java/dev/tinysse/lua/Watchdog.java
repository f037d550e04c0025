package dev.tinysse.lua;

import dev.tinysse.lua.memory.WorkClock;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Stops calls whose time is over, and has the memory of the running call watched. A call only writes down how much time it has; a
 * platform thread, which no busy virtual thread can keep from running, checks every few milliseconds while there is one, and sets
 * the deadline when it first sees the call: most have ended before, and need no clock. All methods but {@link #close} are for the
 * thread that holds the engine's lock.
 */
final class Watchdog implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;
    /** For a call without a time limit whose memory is watched. */
    private static final long NO_TIME_LIMIT = Long.MAX_VALUE / 2;
    private static final long CHECK_INTERVAL_NANOS = 5_000_000;

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
    private final long origin = clock.nanos();
    /** When the running call has to end; below 0 as long as it has not been seen: then how much time it has, negated. */
    private final AtomicLong deadline = new AtomicLong(NEVER);
    private volatile boolean closed;
    private volatile boolean asleep;
    private volatile Thread thread;

    /** @param memory ends the running call if it exceeds the memory limit */
    Watchdog(Stop call, Runnable memory) {
        this.call = call;
        this.memory = memory;
    }

    /** The deadline of the running call, for {@link #resume}. */
    long deadline() {
        long due = deadline.getPlain();
        return due < 0 ? now() - due : due;
    }

    /** Begins a call. */
    void start(CallLimits limits) {
        if (limits.time().isZero() && limits.memory() == 0) {
            deadline.setRelease(NEVER);
        } else {
            deadline.set(limits.time().isZero() ? -NO_TIME_LIMIT : -limits.time().toNanos());
            wake();
        }
    }

    /** Goes back to the deadline of the call around the one that has ended. */
    void resume(long outer) {
        if (outer == NEVER) {
            deadline.setRelease(NEVER);
        } else {
            deadline.set(outer);
            wake();
        }
    }

    /** A call begins to wait; gives how much time it has left, 0 or less if none. */
    long pause() {
        long due = deadline.getAndSet(NEVER);
        if (due < 0) {
            return -due;
        }
        return due == NEVER ? NEVER : due - now();
    }

    /** The call goes on, and has {@code left} time. */
    void restart(long left) {
        deadline.set(left == NEVER ? NEVER : Math.max(0, now() + left));
        if (left != NEVER) {
            wake();
        }
    }

    /** The time; never below 0, nor near {@link #NEVER}. */
    private long now() {
        return clock.nanos() - origin;
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
                idle = watchdog.check();
            } catch (OutOfMemoryError scarce) {
                reported = reported || report(scarce);
            }
            watchdog = null;
            LockSupport.parkNanos(idle ? 200 * CHECK_INTERVAL_NANOS : CHECK_INTERVAL_NANOS);
        }
    }

    /** Logs that the heap is full; gives whether there was memory enough for that. */
    private static boolean report(OutOfMemoryError scarce) {
        try {
            LOG.log(System.Logger.Level.WARNING, "heap is full: hook calls may exceed their time limit", scarce);
            return true;
        } catch (OutOfMemoryError stillScarce) {
            return false;
        }
    }

    /** Stops the call if it exceeds its time or memory limit; gives whether there is nothing to watch. */
    private boolean check() {
        long due = deadline.get();
        asleep = due == NEVER;
        if (due == NEVER) {
            return deadline.get() == NEVER;
        }
        if (due < 0) {
            long first = now() - due;
            if (deadline.compareAndSet(due, first)) {
                deadline.compareAndSet(first, now() - due); // another call with as much time may have begun since then
            }
        } else if (now() >= due) {
            call.stop("time limit exceeded", () -> deadline.get() == due);
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
