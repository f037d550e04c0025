package dev.tinysse.streams.json;

/** Characters of several bytes in UTF-8. Pure functions. */
public final class Utf8Prefix {
    private static final int MAX_LENGTH = 4;

    private Utf8Prefix() {}

    /**
     * Where a text can be cut so that no character is split.
     *
     * @param text bytes that may be UTF-8
     * @param from where the text begins
     * @param end where it ends
     * @return the end, or up to three bytes before, where a character begins of which the rest is missing
     */
    public static int wholeEnd(byte[] text, int from, int end) {
        for (int i = end - 1; i >= Math.max(from, end - MAX_LENGTH + 1); i--) {
            if (!isContinuation(text[i])) {
                return i + length(text[i] & 0xff) > end ? i : end;
            }
        }
        return end;
    }

    /** The bytes of a character that begins with this one of two or more; 0 if none does. */
    static int length(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        if (first < 0xe0) {
            return 2;
        }
        return first < 0xf0 ? 3 : 4;
    }

    static int minSecond(int first) {
        return switch (first) {
            case 0xe0 -> 0xa0;
            case 0xf0 -> 0x90;
            default -> 0x80;
        };
    }

    static int maxSecond(int first) {
        return switch (first) {
            case 0xed -> 0x9f;
            case 0xf4 -> 0x8f;
            default -> 0xbf;
        };
    }

    static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
