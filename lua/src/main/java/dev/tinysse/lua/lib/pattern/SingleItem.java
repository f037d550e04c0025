package dev.tinysse.lua.lib.pattern;

/**
 * The items of a pattern that need no backtracking.
 *
 * @param sets the sets of the pattern
 */
record SingleItem(long[][] sets) {
    private static final int NO_MATCH = -1;

    /** Whether a byte fits a single-character item. */
    boolean fits(int item, int c) {
        return switch (Pattern.operation(item)) {
            case Pattern.CHAR -> c == Pattern.operand(item);
            case Pattern.ANY -> true;
            default -> CharSet.contains(sets[Pattern.operand(item)], c);
        };
    }

    /** Where the bytes that fit a single-character item end. */
    int run(int item, byte[] subject, int from, int end) {
        int at = from;
        switch (Pattern.operation(item)) {
            case Pattern.ANY -> at = end;
            case Pattern.CHAR -> {
                byte wanted = (byte) Pattern.operand(item);
                while (at < end && subject[at] == wanted) {
                    at++;
                }
            }
            default -> {
                long[] set = sets[Pattern.operand(item)];
                while (at < end && CharSet.contains(set, subject[at] & 0xff)) {
                    at++;
                }
            }
        }
        return at;
    }

    /** Whether a set begins between two bytes, 0 standing for the ends of the subject. */
    boolean frontier(int item, int before, int here) {
        long[] set = sets[Pattern.operand(item)];
        return !CharSet.contains(set, before) && CharSet.contains(set, here);
    }

    /** Where a balanced text ends that begins at {@code from} with the opening byte; -1 if there is none. */
    static int balance(byte[] subject, int from, int end, int opening, int closing) {
        if (from >= end || (subject[from] & 0xff) != opening) {
            return NO_MATCH;
        }
        int open = 1;
        for (int at = from + 1; at < end; at++) {
            int c = subject[at] & 0xff;
            if (c == closing) {
                if (--open == 0) {
                    return at + 1;
                }
            } else if (c == opening) {
                open++;
            }
        }
        return NO_MATCH;
    }
}
