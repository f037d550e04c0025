package dev.tinysse.lua.lib.pattern;

/**
 * Sets of bytes, 256 bits each, as patterns use them. The classes are those of the C locale: bytes from 128 up belong to none of them.
 */
final class CharSet {
    private static final long[][] CLASSES = new long[256][];

    static {
        for (char letter : "acdglpsuwxz".toCharArray()) {
            long[] members = new long[4];
            for (int c = 0; c < 128; c++) {
                if (belongs(letter, c)) {
                    add(members, c);
                }
            }
            CLASSES[letter] = members;
            CLASSES[Character.toUpperCase(letter)] = complement(members);
        }
    }

    private CharSet() {}

    /** The set that {@code %letter} stands for, not to be changed; null if the letter names no class. */
    static long[] named(int letter) {
        return CLASSES[letter];
    }

    static boolean contains(long[] set, int c) {
        return (set[c >>> 6] >>> c & 1) != 0;
    }

    static void add(long[] set, int c) {
        set[c >>> 6] |= 1L << c;
    }

    static void addAll(long[] set, long[] others) {
        for (int i = 0; i < 4; i++) {
            set[i] |= others[i];
        }
    }

    static void addRange(long[] set, int first, int last) {
        for (int c = first; c <= last; c++) {
            add(set, c);
        }
    }

    static long[] complement(long[] set) {
        return new long[]{~set[0], ~set[1], ~set[2], ~set[3]};
    }

    private static boolean belongs(char letter, int c) {
        boolean lower = c >= 'a' && c <= 'z';
        boolean upper = c >= 'A' && c <= 'Z';
        boolean digit = c >= '0' && c <= '9';
        boolean graphic = c > ' ' && c < 127;
        return switch (letter) {
            case 'a' -> lower || upper;
            case 'c' -> c < ' ' || c == 127;
            case 'd' -> digit;
            case 'g' -> graphic;
            case 'l' -> lower;
            case 'p' -> graphic && !lower && !upper && !digit;
            case 's' -> c == ' ' || c >= '\t' && c <= '\r';
            case 'u' -> upper;
            case 'w' -> lower || upper || digit;
            case 'x' -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            default -> c == 0;
        };
    }
}
