package dev.tinysse.broker.log;

import java.time.InstantSource;

/**
 * Makes positions: 43 bits of milliseconds since 1970, and 20 bits that count. They rise, also when the clock is set back. For one
 * thread at a time.
 */
public final class Positions {
    private static final int COUNTER_BITS = 20;

    private final InstantSource clock;
    private long last;

    /**
     * Positions behind one.
     *
     * @param clock tells the milliseconds
     * @param last the greatest position that may have been given away before; 0 for none
     */
    public Positions(InstantSource clock, long last) {
        this.clock = clock;
        this.last = last;
    }

    /** {@return the next position, greater than all before} */
    public long next() {
        last = Math.max(last + 1, ofMillis(clock.millis()));
        return last;
    }

    /** {@return the latest position, or that from before the first} */
    public long last() {
        return last;
    }

    /**
     * Makes sure that all further positions are behind one that another has given.
     *
     * @param position the other's
     */
    public void advanceTo(long position) {
        last = Math.max(last, position);
    }

    /**
     * The first position of a moment.
     *
     * @param millis since 1970; what is before counts as 1970
     * @return the position
     */
    public static long ofMillis(long millis) {
        return Math.max(0, millis) << COUNTER_BITS;
    }

    /**
     * The moment of a position.
     *
     * @param position at least 0
     * @return milliseconds since 1970
     */
    public static long millis(long position) {
        return position >>> COUNTER_BITS;
    }
}
