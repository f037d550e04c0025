package dev.tinysse.broker.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** A histogram of durations. Any thread may read; each method names the threads that may add. */
public final class Timings {
    private static final double NANOS = 1e9;
    private static final long[] BOUNDS = Distribution.BOUNDS.stream().mapToLong(bound -> Math.round(bound * NANOS))
            .toArray();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final AtomicLong nanos = new AtomicLong();

    /** Nothing has been added. */
    public Timings() {
        // all counts are zero
    }

    /** Adds one. Any thread. */
    public void add(long taken) {
        counts.getAndIncrement(bucket(taken));
        nanos.getAndAdd(taken);
    }

    /** Adds one, without any fence. The one thread that adds at all. */
    public void addOwned(long taken) {
        int bucket = bucket(taken);
        counts.setOpaque(bucket, counts.getPlain(bucket) + 1);
        nanos.setOpaque(nanos.getPlain() + taken);
    }

    /** {@return what has been added so far} */
    public Distribution distribution() {
        List<Long> all = new ArrayList<>(counts.length());
        for (int i = 0; i < counts.length(); i++) {
            all.add(counts.getOpaque(i));
        }
        return new Distribution(all, nanos.getOpaque() / NANOS);
    }

    private static int bucket(long taken) {
        int bucket = 0;
        while (bucket < BOUNDS.length && taken > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }
}
