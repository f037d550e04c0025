package dev.tinysse.lua.lib.text;

/** UTF-8 in its original form of up to six bytes for 31 bits, as Lua reads and writes it. Free functions, for any thread. */
public final class Utf8 {
    /** The largest code that can be written. */
    public static final long MAX_CODE_POINT = 0x7FFF_FFFFL;
    private static final int MAX_UNICODE = 0x10_FFFF;
    /** The least code that needs so many continuation bytes; shorter ones must not be written that long. */
    private static final int[] LEAST = {Integer.MAX_VALUE, 0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000};

    private Utf8() {}

    /** Whether a byte is not the first of a sequence. */
    public static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }

    /**
     * Reads the code at {@code text[at]}, which must be before {@code end}.
     *
     * @param strict whether surrogates and codes above 10FFFF count as invalid
     * @return the code in the upper half, the index behind it in the lower half; -1 if the sequence is invalid
     */
    public static long decode(byte[] text, int at, int end, boolean strict) {
        int first = text[at] & 0xff;
        if (first < 0x80) {
            return pair(first, at + 1);
        }
        int more = Integer.numberOfLeadingZeros(~(first << 24)) - 1;
        if (more < 1 || more > 5 || more >= end - at) {
            return -1;
        }
        int code = first & 0x3f >> more;
        for (int i = 1; i <= more; i++) {
            int next = text[at + i];
            if (!isContinuation(next)) {
                return -1;
            }
            code = code << 6 | next & 0x3f;
        }
        if (code < LEAST[more] || strict && (code > MAX_UNICODE || code >= 0xD800 && code <= 0xDFFF)) {
            return -1;
        }
        return pair(code, at + more + 1);
    }

    /** The code of what {@link #decode} gave. */
    public static int code(long decoded) {
        return (int) (decoded >>> 32);
    }

    /** The next index of what {@link #decode} gave. */
    public static int next(long decoded) {
        return (int) decoded;
    }

    /** Appends a code, 0 to {@link #MAX_CODE_POINT}. */
    public static void encode(ByteBuilder out, int code) {
        if (code < 0x80) {
            out.append(code);
            return;
        }
        int more = 1;
        while (more < 5 && code >= LEAST[more + 1]) {
            more++;
        }
        out.append(0xFF << 7 - more | code >>> 6 * more);
        for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
            out.append(0x80 | code >>> shift & 0x3f);
        }
    }

    private static long pair(int code, int next) {
        return (long) code << 32 | next;
    }
}
