package dev.tinysse.lua.value;

/** Between integers, floats and their text, as Lua 5.4 has it (reference manual §3.4.3). */
public final class Numbers {

    private static final double TWO_63 = 0x1p63;

    private Numbers() {}

    /** Whether {@code d} is a whole number within 64 bits. */
    public static boolean fitsLong(double d) {
        return d >= -TWO_63 && d < TWO_63 && d == Math.rint(d);
    }

    /** Exact equality of an integer and a float. */
    public static boolean equal(long i, double d) {
        return (double) i == d && d != TWO_63 && (long) d == i;
    }

    /** Exact {@code i < d}. */
    public static boolean less(long i, double d) {
        if (fitsDouble(i)) {
            return i < d;
        }
        if (d >= TWO_63) {
            return true;
        }
        return d > -TWO_63 && i < (long) Math.ceil(d);
    }

    /** Exact {@code i <= d}. */
    public static boolean lessOrEqual(long i, double d) {
        if (fitsDouble(i)) {
            return i <= d;
        }
        if (d >= TWO_63) {
            return true;
        }
        return d >= -TWO_63 && i <= (long) Math.floor(d);
    }

    /** Exact {@code d < i}. */
    public static boolean less(double d, long i) {
        return !Double.isNaN(d) && !lessOrEqual(i, d);
    }

    /** Exact {@code d <= i}. */
    public static boolean lessOrEqual(double d, long i) {
        return !Double.isNaN(d) && !less(i, d);
    }

    private static boolean fitsDouble(long i) {
        return i >= -(1L << 53) && i <= 1L << 53;
    }
}
