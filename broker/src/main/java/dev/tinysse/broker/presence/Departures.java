package dev.tinysse.broker.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Users whose last stream has ended, and the thread that lets them leave when their time of grace is over; it runs as long as there is
 * somebody. To be called under the lock of {@link Presence}, unless a method says otherwise.
 */
final class Departures {
    private static final Logger LOG = System.getLogger("tinysse");

    private final ReentrantLock lock;
    private final Condition changed;
    private final LongSupplier clock;
    private final Consumer<Present> leave;
    private final PriorityQueue<Departure> queue;
    private boolean running;
    private boolean closed;

    private record Departure(Present user, long at) {}

    /** Departures, each of which is published when its time has come, under the lock. */
    Departures(ReentrantLock lock, LongSupplier clock, Consumer<Present> leave) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.clock = clock;
        this.leave = leave;
        long origin = clock.getAsLong();
        this.queue = new PriorityQueue<>(Comparator.comparingLong(departure -> departure.at - origin));
    }

    /** A user leaves at this time, unless it stays. */
    void add(Present user, long at) {
        if (closed) {
            return;
        }
        Departure departure = new Departure(user, at);
        user.leave(departure);
        queue.add(departure);
        if (!running) {
            running = true;
            Thread.ofVirtual().name("tinysse-presence").start(this::run);
        } else if (queue.peek() == departure) {
            changed.signal();
        }
    }

    /** Looks at the clock. Any thread. */
    void signal() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody leaves any more. Any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        lock.lock();
        try {
            while (!queue.isEmpty()) {
                long wait = queue.peek().at - clock.getAsLong();
                if (wait <= 0) {
                    depart(queue.poll());
                } else {
                    changed.awaitNanos(wait);
                }
            }
        } catch (InterruptedException e) {
            queue.clear(); // nobody interrupts it but the end of the process
        } finally {
            running = false;
            lock.unlock();
        }
    }

    private void depart(Departure departure) {
        if (!departure.user.isLeaving(departure)) {
            return;
        }
        try {
            leave.accept(departure.user);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "leave events were not published: " + e, e);
        }
    }
}
