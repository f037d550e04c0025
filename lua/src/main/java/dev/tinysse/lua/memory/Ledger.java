package dev.tinysse.lua.memory;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Finds out which call holds how much of the heap. What the old generation grows by is shared out as memory has been taken of
 * late, while each call ran, and is the most that a call can hold of it; a collection tells how much of that is live. So there is
 * a look (a full collection, one at a time) only when a call may hold too much, or when the heap is nearly full and somebody has
 * a share in that, and not before a good part has been taken again since the last one. The ledger of a JVM is for all of its
 * engines; any thread may ask.
 *
 * <p>What is live after a collection and was not before belongs to the calls in proportion to what each may have: first
 * what they held before is presumed to be held still, the rest is shared by what is fresh. What nobody can have, and the
 * same share of what calls have left behind that have ended, is the floor: the data of the server, and globals of scripts.
 * Only what refused calls have left behind is presumed to be garbage, or the others would seem to hold less than they do.
 */
public final class Ledger {

    private static final long MEGABYTE = 1 << 20;
    private static final long MIN_GROWTH = 4 * MEGABYTE;
    /** With four times as much live a look takes so little time that it may come whenever it is wanted. */
    private static final long CHEAP = 16 * MEGABYTE;
    /** A call ends for a heap that is nearly full only if it has more than this part of what is no running call's. */
    private static final int MODEST_PART = 4;
    /** A call that takes no more than that, or than this part of what others take, is not why a heap is nearly full. */
    private static final long LITTLE = 16 << 10;
    private static final int LITTLE_PART = 4;

    private final Heap heap;
    private final WorkClock clock;
    private final Set<CallMemory> calls = new HashSet<>();
    private CallMemory last;
    /** The memory taken of the heap since the start when a call was last read. */
    private long allocated;
    /** The memory taken of late by all, as {@link CallMemory#taken}. */
    private long taken;
    /** The old memory when a call was last read, and the young memory. */
    private long used;
    private long young;
    /** The most that has been seen of what was young. */
    private long maxYoung;
    private long live;
    private long floor;
    /** The memory that has grown old since the last collection and is of no call, or of one that has ended as it should. */
    private long unclaimed;
    /** The memory of rejected calls that have ended since the last collection. */
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
        allocated = heap.allocated();
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
        read(call, counted);
        boolean grows = grows(call, wanted); // before a look, which counts from there on
        boolean admitted = wanted <= limit(call) && (isFine(call, wanted, grows)
                || (isWorthALook(call, wanted, grows) && look()
                        ? isFine(call, wanted, grows)
                        : !crowds(call, wanted, grows)));
        call.count(wanted);
        if (!admitted) {
            call.refuse();
        }
        return admitted;
    }

    /**
     * Takes what a call has been handed that others made while it waited.
     *
     * @return whether it may go on
     */
    public synchronized boolean receive(CallMemory call, long bytes) {
        unclaimed -= Math.min(unclaimed, bytes);
        call.claim(bytes);
        list(call);
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

    /**
     * A call begins to wait, and what the heap grows by is not its doing until it {@linkplain #resume goes on}.
     *
     * @param counted as in {@link #admits}
     * @return whether it may go on afterwards
     */
    public synchronized boolean pause(CallMemory call, long counted) {
        boolean admitted = admits(call, counted, 0);
        last = null;
        return admitted;
    }

    /** A call goes on that has waited. */
    public synchronized void resume(CallMemory call) {
        read(call, 0);
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
        if (!calls.remove(call)) {
            return;
        }
        if (call.isRefused()) {
            leftBehind += call.claimed();
        } else {
            unclaimed += call.claimed();
        }
    }

    /** Reads the heap; what has been taken since the last time is the call's if that was during the same run, or what it has counted. */
    private void read(CallMemory call, long counted) {
        long nowOld = heap.old();
        long nowYoung = heap.young();
        long nowAllocated = heap.allocated();
        // of what has been taken before, what is neither young nor old by now is gone
        long since = Math.min(nowAllocated - allocated, nowYoung + Math.max(0, nowOld - used));
        long own = last == call ? since : Math.min(since, counted);
        taken += since;
        if (own > 0) {
            call.take(own);
            list(call);
        }
        if (nowOld < used) { // somebody has collected
            shareOut(maxYoung);
            settle(nowOld);
        } else if (nowOld > used || nowYoung < young) {
            shareOut(nowOld - used);
        }
        used = nowOld;
        young = nowYoung;
        maxYoung = Math.max(maxYoung, young);
        allocated = nowAllocated;
        last = call;
    }

    /** Memory that has grown old belongs to calls as they have taken memory of late, and the rest to no call. */
    private void shareOut(long bytes) {
        unclaimed += bytes;
        for (CallMemory call : calls) {
            long part = (long) (bytes * share(call.taken(), taken));
            call.claim(part);
            call.age();
            unclaimed -= part;
        }
        taken /= 2;
    }

    private void list(CallMemory call) {
        call.listed(true);
        if (calls.add(call) && call.hasEnded()) {
            strike(call);
        }
    }

    private boolean isFine(CallMemory call, long wanted, boolean grows) {
        return !exceeds(call, wanted) && !isUnclear(call) && !crowds(call, wanted, grows);
    }

    private boolean exceeds(CallMemory call, long wanted) {
        return call.claimed() + hidden(call) + wanted > limit(call);
    }

    /** No call may hold so much that a few copies of it, which nobody counts, would fill the heap. */
    private long limit(CallMemory call) {
        return Math.min(call.limit(), heap.room() / 3);
    }

    /** The memory that the call may hold that is not old yet. */
    private long hidden(CallMemory call) {
        return call.counted() == 0 ? 0 : Math.min(call.counted(), heap.young());
    }

    /** Whether it matters that nobody knows how much is still live of what other calls have left behind. */
    private boolean isUnclear(CallMemory call) {
        return call.fresh() > call.limit() / 4 && unclaimed + leftBehind > call.limit() / 4;
    }

    /** Whether the call has taken so much of late that it may be why the heap is nearly full; false if that is not. */
    private boolean grows(CallMemory call, long wanted) {
        if (used + wanted <= heap.room()) {
            return false;
        }
        long takes = call.taken() + wanted;
        return takes > LITTLE && takes * LITTLE_PART >= average(CallMemory::taken);
    }

    /** Whether the heap is nearly full, and this call grows and has a good share in that or wants more than there is. */
    private boolean crowds(CallMemory call, long wanted, boolean grows) {
        long needed = used + wanted;
        if (needed <= heap.room() || !grows) {
            return false;
        }
        boolean full = needed > heap.room() + (heap.capacity() - heap.room()) / 2;
        return call.claimed() + wanted > (full ? MEGABYTE : Math.max(MEGABYTE, average(CallMemory::claimed) * 3 / 4));
    }

    private long average(ToLongFunction<CallMemory> ofCall) {
        return calls.isEmpty() ? 0 : calls.stream().mapToLong(ofCall).sum() / calls.size();
    }

    private boolean isWorthALook(CallMemory call, long wanted, boolean grows) {
        long grown = used - live + hidden(call);
        if (!crowds(call, wanted, grows)) {
            return grown >= Math.max(Math.min(MIN_GROWTH, call.step()), live / 4 - CHEAP);
        }
        return grown >= worthwhile() || call.claimed() + wanted <= (unclaimed + leftBehind) / MODEST_PART;
    }

    /** How much must have grown old since the last collection before another one may help a heap that is nearly full. */
    private long worthwhile() {
        return Math.max(MIN_GROWTH, (heap.capacity() - live) / 8);
    }

    private boolean look() {
        shareOut(heap.young());
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
        // if more is gone than refused calls seemed to have, it was theirs all the same
        long ofCalls = Math.max(leftBehind == 0 ? 0 : Math.min(held, left), left - floor);
        double kept = share(ofCalls, held);
        double survived = share(ofCalls - Math.min(held, ofCalls), fresh);
        calls.forEach(call -> call.settle(kept, survived));
        floor = left - calls.stream().mapToLong(CallMemory::held).sum();
        unclaimed = 0;
        leftBehind = 0;
        taken = 0;
        live = left;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : Math.min(1, (double) part / whole);
    }
}
