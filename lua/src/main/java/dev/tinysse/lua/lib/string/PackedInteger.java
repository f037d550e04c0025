package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.lib.text.ByteBuilder;

/** Integers of 1 to 16 bytes, in either byte order. Free functions, for any thread. */
final class PackedInteger {
    private static final int LONG = Long.BYTES;

    private PackedInteger() {}

    /** Appends the low bytes of a number; those beyond 64 bits repeat its sign if it is {@code signed}. */
    static void write(ByteBuilder out, long number, int size, boolean little, boolean signed) {
        for (int i = 0; i < size; i++) {
            int index = little ? i : size - 1 - i;
            long fill = signed && number < 0 ? -1 : 0;
            out.append((int) (index < LONG ? number >>> 8 * index : fill));
        }
    }

    /** The number at an index; of more than 8 bytes the low 8. */
    static long read(byte[] bytes, int at, int size, boolean little, boolean signed) {
        int used = Math.min(size, LONG);
        long number = 0;
        for (int i = used - 1; i >= 0; i--) {
            number = number << 8 | bytes[little ? at + i : at + size - 1 - i] & 0xff;
        }
        int unused = Long.SIZE - 8 * used;
        return signed ? number << unused >> unused : number;
    }

    /** Whether the number at an index fits into 64 bits. */
    static boolean fits(byte[] bytes, int at, int size, boolean little, boolean signed) {
        if (size <= LONG) {
            return true;
        }
        int fill = signed && read(bytes, at, size, little, true) < 0 ? -1 : 0;
        for (int i = LONG; i < size; i++) {
            if (bytes[little ? at + i : at + size - 1 - i] != fill) {
                return false;
            }
        }
        return true;
    }
}
