package dev.tinysse.lua.lib.pattern;

/**
 * A Lua pattern (reference manual, section 6.4.1) in the form the {@link Matcher} walks: one int per item. Immutable, to be shared freely.
 * <p>
 * An item holds its operation in the low four bits, the repetition mark of a single-character item in the next four and its operand above
 * these. A mistake in the pattern becomes an item as well, because Lua reports it only when a match gets that far.
 *
 * @param items    the items, the last of which is {@link #END} or {@link #FAULT}
 * @param sets     what the operands of {@link #SET} and {@link #FRONTIER} refer to
 * @param captures how many captures a match has room for
 * @param anchored whether a leading {@code ^} was taken off
 */
public record Pattern(int[] items, long[][] sets, int captures, boolean anchored) {
    /** As in the reference implementation. */
    static final int MAX_CAPTURES = 32;

    static final int END = 0;
    /** One particular byte, the operand. */
    static final int CHAR = 1;
    static final int ANY = 2;
    /** A byte of the set with this number. */
    static final int SET = 3;
    static final int OPEN = 4;
    static final int POSITION = 5;
    static final int CLOSE = 6;
    /** The text of the capture with this number, as written in the pattern: 0 is always a mistake. */
    static final int BACK_REFERENCE = 7;
    /** {@code %b}: the operand is the opening byte and, eight bits up, the closing one. */
    static final int BALANCED = 8;
    static final int FRONTIER = 9;
    /** A {@code $} at the end. */
    static final int SUBJECT_END = 10;
    /** A mistake; the operand is the ordinal of a {@link Mistake}. */
    static final int FAULT = 11;

    static final int ONCE = 0;
    static final int OPTIONAL = 1;
    static final int GREEDY = 2;
    static final int GREEDY_ONCE = 3;
    static final int LAZY = 4;

    static int item(int operation, int repetition, int operand) {
        return operation | repetition << 4 | operand << 8;
    }

    static int operation(int item) {
        return item & 15;
    }

    static int repetition(int item) {
        return item >> 4 & 15;
    }

    static int operand(int item) {
        return item >>> 8;
    }

    /** The errors in the text of a pattern, in the words of the reference implementation. */
    enum Mistake {
        ESCAPE("malformed pattern (ends with '%')"), BRACKET("malformed pattern (missing ']')"), BALANCE(
                "malformed pattern (missing arguments to '%b')"), FRONTIER(
                        "missing '[' after '%f' in pattern"), COMPLEX("pattern too complex");

        private static final Mistake[] ALL = values();

        final String message;

        Mistake(String message) {
            this.message = message;
        }

        static Mistake of(int ordinal) {
            return ALL[ordinal];
        }
    }
}
