package dev.tinysse.client.bench;

/**
 * Latencies, counted in buckets that are at most 1.6 % wide; the largest is exact. For one thread.
 */
final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUBS = 1 << SUB_BITS;
    private static final double MILLI = 1e6;
    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUBS];
    private long total;
    private long largest;

    /** Counts a latency in nanoseconds; one below zero counts as none. */
    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        largest = Math.max(largest, value);
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value | 1));
        return shift * SUBS + (int) (value >>> shift);
    }

    private static long upperEnd(int bucket) {
        int shift = Math.max(0, bucket / SUBS - 1);
        return (bucket - (long) shift * SUBS + 1 << shift) - 1;
    }

    /**
     * The latency that a part of all has at the most, in milliseconds.
     *
     * @param part from 0 to 1
     * @return 0 if there is none
     */
    double percentile(double part) {
        long rank = Math.max(1, (long) Math.ceil(part * total));
        long seen = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(upperEnd(i), largest) / MILLI;
            }
        }
        return 0;
    }

    /** The largest latency, in milliseconds. */
    double max() {
        return largest / MILLI;
    }
}
