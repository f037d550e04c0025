package dev.tinysse.lua;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Stops calls whose time is over. A call only writes down its deadline; a thread of the platform, which no busy virtual
 * thread can keep from running, looks at it every few milliseconds while there is one. The methods are for the thread
 * that holds the engine's lock.
 */
final class Watchdog implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long GLANCE_NANOS = 5_000_000;

    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /** Ends a call; any thread may do that. */
    @FunctionalInterface
    interface Stop {

        /** Ends the running call for the reason {@code why} if it is {@code stillMeant}. */
        void stop(String why, BooleanSupplier stillMeant);
    }

    private final Stop call;
    private volatile long deadline = NEVER;
    private volatile boolean closed;
    private volatile boolean asleep;
    private Thread thread;

    Watchdog(Stop call) {
        this.call = call;
    }

    /** The deadline of the running call. */
    long deadline() {
        return deadline;
    }

    /** Begins a call that may run for {@code time}; zero for any time. */
    void start(Duration time) {
        deadline = time.isZero() ? NEVER : System.nanoTime() + time.toNanos();
        if (deadline != NEVER) {
            wake();
        }
    }

    /** Goes back to the deadline of the call around the one that has ended. */
    void resume(long outer) {
        deadline = outer;
    }

    /** Stops the clock; gives how much time is left. */
    long pause() {
        long left = deadline == NEVER ? NEVER : deadline - System.nanoTime();
        deadline = NEVER;
        return left;
    }

    /** Lets the clock go on with {@code left} time. */
    void restart(long left) {
        deadline = left == NEVER ? NEVER : System.nanoTime() + left;
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

    /** Stops the call if its time is over; gives whether there is nothing to watch. */
    private boolean look() {
        long due = deadline;
        asleep = due == NEVER;
        if (due == NEVER) {
            return deadline == NEVER;
        }
        if (System.nanoTime() - due >= 0) {
            call.stop("time limit exceeded", () -> deadline == due);
        }
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
