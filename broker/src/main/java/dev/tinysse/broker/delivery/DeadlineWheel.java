package dev.tinysse.broker.delivery;

import org.jspecify.annotations.Nullable;

/**
 * One deadline for each of very many streams: a hashed timing wheel. One thread only. Setting, moving and clearing a
 * deadline takes constant time and allocates nothing.
 *
 * <p>A deadline that moves later with every message sent is not set again each time: a stream that is reported too early looks
 * at the clock and sets the next one. So the cost does not grow with the message rate.
 */
final class DeadlineWheel {
    private static final int SLOTS = 4096;
    private static final long TICK_NANOS = 5_000_000;
    /** The tick of a deadline that is not set. */
    private static final long NONE = Long.MIN_VALUE;

    /** The tick of a deadline that is due and has not been reported. */
    private static final long DUE = NONE + 1;

    /** The last one has those that are due. */
    private final @Nullable Deadline[] slots = new @Nullable Deadline[SLOTS + 1];
    private long tick;
    /** No slot before this tick has anything in it. */
    private long soonest = Long.MAX_VALUE;

    /** An owner of a deadline: a link in one slot's list. */
    abstract static class Deadline {
        private @Nullable Deadline previous;
        private @Nullable Deadline next;
        private long dueTick = NONE;

        private int slot() {
            return dueTick == DUE ? SLOTS : Math.floorMod(dueTick, SLOTS);
        }
    }

    DeadlineWheel(long now) {
        this.tick = Math.floorDiv(now, TICK_NANOS);
    }

    /** Sets or moves the deadline to a time of {@link System#nanoTime}. */
    void set(Deadline deadline, long nanos) {
        clear(deadline);
        deadline.dueTick = Math.max(tick + 1, Math.ceilDiv(nanos, TICK_NANOS));
        link(deadline);
        soonest = Math.min(soonest, tick + 1 + Math.floorMod(deadline.dueTick - tick - 1, SLOTS));
    }

    private void link(Deadline deadline) {
        int slot = deadline.slot();
        Deadline first = slots[slot];
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        slots[slot] = deadline;
    }

    /** Clears the deadline, if there is one. */
    void clear(Deadline deadline) {
        if (deadline.dueTick == NONE) {
            return;
        }
        if (deadline.previous == null) {
            slots[deadline.slot()] = deadline.next;
        } else {
            deadline.previous.next = deadline.next;
        }
        if (deadline.next != null) {
            deadline.next.previous = deadline.previous;
        }
        deadline.previous = null;
        deadline.next = null;
        deadline.dueTick = NONE;
    }

    /** Whether the deadline, if there is one, is later than that time. */
    boolean isLater(Deadline deadline, long nanos) {
        return deadline.dueTick == NONE || deadline.dueTick > Math.ceilDiv(nanos, TICK_NANOS);
    }

    /** All deadlines up to now are due: {@link #nextDue} reports them. */
    void advance(long now) {
        long target = Math.floorDiv(now, TICK_NANOS);
        if (target < soonest) {
            tick = target;
            return;
        }
        tick = Math.max(soonest - 1, target - SLOTS); // one turn of the wheel meets every slot
        while (tick < target) {
            tick++;
            collect();
        }
        findSoonest();
    }

    private void collect() {
        Deadline deadline = slots[Math.floorMod(tick, SLOTS)];
        while (deadline != null) {
            Deadline next = deadline.next;
            if (deadline.dueTick <= tick) {
                clear(deadline);
                deadline.dueTick = DUE;
                link(deadline);
            }
            deadline = next;
        }
    }

    /** The owner of a deadline that is due, and is not set from now on; null if there is none. */
    @Nullable
    Deadline nextDue() {
        Deadline deadline = slots[SLOTS];
        if (deadline != null) {
            clear(deadline);
        }
        return deadline;
    }

    private void findSoonest() {
        for (int ahead = 1; ahead <= SLOTS; ahead++) {
            if (slots[Math.floorMod(tick + ahead, SLOTS)] != null) {
                soonest = tick + ahead;
                return;
            }
        }
        soonest = Long.MAX_VALUE;
    }

    /** Milliseconds until there may be something to report, at least 1; 0 if nothing is set, which means without limit. */
    long millisToNext(long now) {
        if (soonest == Long.MAX_VALUE) {
            return 0;
        }
        return Math.max(1, Math.ceilDiv(soonest * TICK_NANOS - now, 1_000_000));
    }
}
