package dev.tinysse.history;

import java.util.Arrays;

/** Collects the least positions of many, or the greatest, and forgets the others. For one thread. */
final class NearestPositions {
    private static final int SLACK = 4;

    private final int count;
    private final int direction;
    private long[] found = new long[64];
    private int length;
    private long bound = Long.MAX_VALUE;

    /**
     * No positions yet.
     *
     * @param count how many are wanted
     * @param direction 1 for the least, -1 for the greatest
     */
    NearestPositions(int count, int direction) {
        this.count = count;
        this.direction = direction;
    }

    /** Takes one; false if it is not among those wanted, and so none beyond it. */
    boolean add(long position) {
        long value = direction * position;
        if (value > bound) {
            return false;
        }
        if (length == found.length) {
            if (length >= SLACK * count) {
                shrink();
            } else {
                found = Arrays.copyOf(found, 2 * length);
            }
        }
        found[length++] = value;
        return true;
    }

    private void shrink() {
        Arrays.sort(found, 0, length);
        length = Math.min(length, count);
        bound = length == count ? found[count - 1] : bound;
    }

    /** {@return those wanted, the nearest first} */
    long[] positions() {
        shrink();
        long[] nearest = Arrays.copyOf(found, length);
        for (int i = 0; i < length; i++) {
            nearest[i] *= direction;
        }
        return nearest;
    }
}
