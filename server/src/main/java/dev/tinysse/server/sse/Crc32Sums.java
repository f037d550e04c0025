package dev.tinysse.server.sse;

/**
 * Arithmetic on the checksums of <a href="https://www.rfc-editor.org/rfc/rfc1952#section-8">RFC 1952 section 8</a>: polynomials over
 * the field of two elements, modulo that of CRC-32, with the coefficient of the highest power in the lowest bit. Pure functions.
 */
final class Crc32Sums {
    private static final int POLYNOMIAL = 0xEDB88320;
    /** The polynomial 1. */
    private static final int ONE = 1 << 31;
    /** The powers of x with exponents 1, 2, 4, 8 and so on. */
    private static final int[] POWERS = powers();

    private Crc32Sums() {}

    private static int[] powers() {
        int[] powers = new int[Long.SIZE];
        powers[0] = ONE >>> 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = product(powers[i - 1], powers[i - 1]);
        }
        return powers;
    }

    /** The factor of a sum when so many bytes follow. */
    static int shift(long bytes) {
        int shift = ONE;
        long exponent = Byte.SIZE * bytes;
        for (int i = 0; exponent != 0; i++, exponent >>>= 1) {
            if ((exponent & 1) != 0) {
                shift = product(POWERS[i], shift);
            }
        }
        return shift;
    }

    /**
     * The sum of two texts one behind the other.
     *
     * @param first sum of the first
     * @param second sum of the second
     * @param shift that belongs to the length of the second
     */
    static int joined(int first, int second, int shift) {
        return product(shift, first) ^ second;
    }

    private static int product(int left, int right) {
        int product = 0;
        int multiple = right;
        for (int bits = left; bits != 0; bits <<= 1) {
            product ^= multiple & bits >> 31;
            multiple = multiple >>> 1 ^ POLYNOMIAL & -(multiple & 1);
        }
        return product;
    }
}
