package dev.tinysse.lua.lib.string;

/** Positions in strings as scripts give them: from 1, or from -1 backwards from the end. */
final class Positions {
    private Positions() {}

    /** The first byte of a slice, at least 1 and possibly behind the end. */
    static int start(long position, int length) {
        if (position > 0) {
            return (int) Math.min(position, length + 1L);
        }
        return position == 0 || position < -length ? 1 : (int) (length + position + 1);
    }

    /** The last byte of a slice, at most the length and possibly 0. */
    static int end(long position, int length) {
        if (position >= 0) {
            return (int) Math.min(position, length);
        }
        return position < -length ? 0 : (int) (length + position + 1);
    }
}
