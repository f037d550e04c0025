package dev.tinysse.lua.lib.pattern;

import java.util.Arrays;

/** Remembers patterns that have been read, since scripts use the same few again and again. For one thread at a time. */
public final class PatternCache {
    private static final int SIZE = 64;
    private static final int MAX_LENGTH = 256;

    private final Entry[] entries = new Entry[SIZE];

    private record Entry(byte[] text, boolean mayAnchor, Pattern pattern) {
        boolean is(byte[] other, int start, int end, boolean anchor) {
            return mayAnchor == anchor && Arrays.equals(text, 0, text.length, other, start, end);
        }
    }

    /** The pattern in {@code text[start..end)}, as {@link PatternReader#read} gives it. */
    public Pattern get(byte[] text, int start, int end, boolean mayAnchor) {
        if (end - start > MAX_LENGTH) {
            return PatternReader.read(text, start, end, mayAnchor);
        }
        int slot = slot(text, start, end);
        Entry entry = entries[slot];
        if (entry == null || !entry.is(text, start, end, mayAnchor)) {
            entry = new Entry(Arrays.copyOfRange(text, start, end), mayAnchor,
                    PatternReader.read(text, start, end, mayAnchor));
            entries[slot] = entry;
        }
        return entry.pattern;
    }

    private static int slot(byte[] text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ hash >>> 16) & SIZE - 1;
    }
}
