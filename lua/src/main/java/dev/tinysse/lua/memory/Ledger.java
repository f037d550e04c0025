package dev.tinysse.lua.memory;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds out which call holds how much of the heap. What the old generation grows by while a call runs is the most that the
 * call can hold of it; a collection tells how much of that is live. So there is a look (a full collection, one at a time)
 * only when a call may hold too much, or when the heap is nearly full and somebody has a share in that, and not before a good
 * part has been taken again since the last one. The ledger of a JVM is for all of its engines; any thread may ask.
 *
 * <p>What is live after a collection and was not before belongs to the calls in proportion to what each may have: first
 * what they held before is presumed to be held still, the rest is shared by what is fresh. What nobody can have, and the
 * same share of what calls have left behind that have ended, is the floor: the data of the server, and globals of scripts.
 */
public final class Ledger {

    private static final long MEGABYTE = 1 << 20;
    private static final long MIN_GROWTH = 4 * MEGABYTE;
    /** With four times as much live a look takes so little time that it may come whenever it is wanted. */
    private static final long CHEAP = 16 * MEGABYTE;
    /** A call that has no more than this part of what ended calls have left behind does not end for the room that this takes. */
    private static final int MODEST_PART = 32;

    private final Heap heap;
    private final WorkClock clock;
    private final Set<CallMemory> calls = new HashSet<>();
    private CallMemory last;
    private long used;
    /** The most that has been seen of what was not old. */
    private long young;
    private long live;
    private long floor;
    /** What has grown old since the last collection and is of no call, or of one that has ended. */
    private long unclaimed;
    /** What calls held that have ended since the last collection. */
    private long leftBehind;

    private static final class OfJvm {
        private static final Ledger LEDGER = new Ledger(new JvmHeap(), WorkClock.ofJvm());
    }

    /** @param clock stands still during looks, so that nobody's time is used up by them */
    Ledger(Heap heap, WorkClock clock) {
        this.heap = heap;
        this.clock = clock;
        used = heap.old();
        live = used;
        floor = used;
    }

    /** That of this JVM. */
    public static Ledger ofJvm() {
        return OfJvm.LEDGER;
    }

    /**
     * Whether a running call may go on; may take as long as a full collection.
     *
     * @param counted how many bytes it has taken since it last asked, an estimate
     * @param wanted how many it wants to take at once, 0 or more
     */
    public synchronized boolean admits(CallMemory call, long counted, long wanted) {
        call.count(counted);
        read(call);
        boolean admitted = wanted <= limit(call) && (isFine(call, wanted)
                || (isWorthALook(call, wanted) && look(call) ? isFine(call, wanted) : !crowds(call, wanted)));
        call.count(wanted);
        return admitted;
    }

    /**
     * Takes what a call has been handed that others made while it waited.
     *
     * @return whether it may go on
     */
    public synchronized boolean receive(CallMemory call, long bytes) {
        unclaimed -= Math.min(unclaimed, bytes);
        claim(call, bytes);
        return admits(call, 0, 0);
    }

    /** Whether the heap has room for so many bytes more, which are no call's yet; may take as long as a full collection. */
    public synchronized boolean hasRoom(long bytes) {
        long old = heap.old();
        if (old + bytes > heap.room() && old - live >= worthwhile()) {
            collect();
            old = heap.old();
        }
        return old + bytes <= heap.room();
    }

    /** A call begins to wait, and what the heap grows by is not its doing until it {@linkplain #resume goes on}. */
    public synchronized boolean pause(CallMemory call) {
        boolean admitted = admits(call, 0, 0);
        last = null;
        return admitted;
    }

    /** A call goes on that has waited. */
    public synchronized void resume(CallMemory call) {
        read(call);
    }

    /** A call has ended; what it held is garbage, or in the script's globals. */
    public void end(CallMemory call) {
        call.ended();
        // most calls are too short to be listed, and need no lock
        if (call.isListed()) {
            strike(call);
        }
    }

    private synchronized void strike(CallMemory call) {
        if (calls.remove(call)) {
            unclaimed += call.claimed();
            leftBehind += call.claimed();
        }
    }

    /** Reads the heap, whose growth since the last time is the call's if that was during the same run. */
    private void read(CallMemory call) {
        long now = heap.old();
        if (now < used) {
            // somebody has collected; what was young was most likely the running call's
            claim(call, last == call ? young : 0);
            settle(now);
        } else if (last == call) {
            claim(call, now - used);
        } else {
            unclaimed += now - used;
        }
        used = now;
        last = call;
        young = Math.max(young, heap.young());
    }

    private void claim(CallMemory call, long bytes) {
        if (bytes > 0) {
            call.claim(bytes);
            call.listed(true);
            if (calls.add(call) && call.hasEnded()) {
                strike(call);
            }
        }
    }

    private boolean isFine(CallMemory call, long wanted) {
        return !exceeds(call, wanted) && !isUnclear(call) && !crowds(call, wanted);
    }

    private boolean exceeds(CallMemory call, long wanted) {
        return call.claimed() + hidden(call) + wanted > limit(call);
    }

    /** No call may hold so much that a few copies of it, which nobody counts, would fill the heap. */
    private long limit(CallMemory call) {
        return Math.min(call.limit(), heap.room() / 3);
    }

    /** What the call may hold that is not old yet. */
    private long hidden(CallMemory call) {
        return call.counted() == 0 ? 0 : Math.min(call.counted(), heap.young());
    }

    /** Whether it matters that nobody knows how much is still live of what other calls have left behind. */
    private boolean isUnclear(CallMemory call) {
        return call.fresh() > call.limit() / 4 && unclaimed > call.limit() / 4;
    }

    /** Whether the heap is nearly full, and this call has a good share in that or wants more than there is. */
    private boolean crowds(CallMemory call, long wanted) {
        long needed = used + wanted;
        if (needed <= heap.room()) {
            return false;
        }
        boolean full = needed > heap.room() + (heap.capacity() - heap.room()) / 2;
        return call.claimed() + wanted > (full ? MEGABYTE : Math.max(MEGABYTE, fairShare() / 2));
    }

    private long fairShare() {
        return calls.isEmpty() ? 0 : calls.stream().mapToLong(CallMemory::claimed).sum() / calls.size();
    }

    private boolean isWorthALook(CallMemory call, long wanted) {
        long grown = used - live + hidden(call);
        if (!crowds(call, wanted)) {
            return grown >= Math.max(Math.min(MIN_GROWTH, call.step()), live / 4 - CHEAP);
        }
        return grown >= worthwhile() || call.claimed() + wanted <= leftBehind / MODEST_PART;
    }

    /** How much must have grown old since the last collection before another one may help a heap that is nearly full. */
    private long worthwhile() {
        return Math.max(MIN_GROWTH, (heap.capacity() - live) / 8);
    }

    private boolean look(CallMemory call) {
        claim(call, heap.young());
        return collect();
    }

    /** Collects, and shares out what is live; false if that cannot be done. */
    private boolean collect() {
        clock.stop();
        try {
            if (!heap.collect()) {
                return false;
            }
            used = heap.old();
            settle(used);
            return true;
        } finally {
            clock.go();
        }
    }

    /** After a collection that has left so many bytes. */
    private void settle(long left) {
        long held = calls.stream().mapToLong(CallMemory::held).sum();
        long fresh = unclaimed + calls.stream().mapToLong(CallMemory::fresh).sum();
        long ofCalls = Math.max(0, left - floor);
        double kept = share(ofCalls, held);
        double survived = share(ofCalls - Math.min(held, ofCalls), fresh);
        calls.forEach(call -> call.settle(kept, survived));
        floor = left - calls.stream().mapToLong(CallMemory::held).sum();
        unclaimed = 0;
        leftBehind = 0;
        live = left;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.min(1, (double) part / whole);
    }
}
