package dev.tinysse.lua.lib.math;

/** The generator behind {@code math.random}, xoshiro256**: the same numbers for the same seed as the reference implementation. For one thread at a time. */
final class Xoshiro {
    private static final double UNIT = 0x1p-53;
    private static final int WARM_UP = 16;

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    Xoshiro(long first, long second) {
        seed(first, second);
    }

    void seed(long first, long second) {
        s0 = first;
        s1 = 0xff;
        s2 = second;
        s3 = 0;
        for (int i = 0; i < WARM_UP; i++) {
            next();
        }
    }

    /** 64 random bits. */
    long next() {
        long result = Long.rotateLeft(s1 * 5, 7) * 9;
        long mixed2 = s2 ^ s0;
        long mixed3 = s3 ^ s1;
        s2 = mixed2 ^ s1 << 17;
        s1 ^= mixed2;
        s0 ^= mixed3;
        s3 = Long.rotateLeft(mixed3, 45);
        return result;
    }

    /** Turns random bits into a float from 0 up to but not 1. */
    static double toFloat(long bits) {
        return (bits >>> 11) * UNIT;
    }

    /** Brings random bits into the range from 0 to an unsigned limit, each number as likely as any other. */
    long project(long bits, long limit) {
        if ((limit & limit + 1) == 0) {
            return bits & limit;
        }
        long mask = -1L >>> Long.numberOfLeadingZeros(limit);
        long candidate = bits & mask;
        while (Long.compareUnsigned(candidate, limit) > 0) {
            candidate = next() & mask;
        }
        return candidate;
    }
}
