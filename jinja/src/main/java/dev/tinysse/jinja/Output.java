package dev.tinysse.jinja;

/** A text that grows, and asks the budget before it does. */
final class Output {
    private static final char LAST_OF_LATIN_1 = 0xff;

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;
    private final boolean discards;
    private boolean wide;
    private long capacity;

    Output(Budget budget) {
        this(budget, false);
    }

    private Output(Budget budget, boolean discards) {
        this.budget = budget;
        this.discards = discards;
    }

    /** Where output goes that nobody wants. */
    static Output discarding(Budget budget) {
        return new Output(budget, true);
    }

    boolean discards() {
        return discards;
    }

    Output append(String more) {
        if (!discards) {
            wide = wide || isWide(more);
            budget.allocate(2L * more.length());
            makeRoom(more.length());
            text.append(more);
        }
        return this;
    }

    Output append(char more) {
        if (!discards) {
            wide = wide || more > LAST_OF_LATIN_1;
            budget.allocate(2);
            makeRoom(1);
            text.append(more);
        }
        return this;
    }

    Output appendCodePoint(int more) {
        return append(Character.toString(more));
    }

    /** Asks for the buffer that will replace the present one, which is a single block of up to twice its size. */
    private void makeRoom(int more) {
        long needed = (long) text.length() + more;
        if (needed > capacity) {
            capacity = Math.max(2 * capacity, needed);
            budget.allocate(bytes(capacity));
        }
    }

    private static boolean isWide(String more) {
        for (int i = 0; i < more.length(); i++) {
            if (more.charAt(i) > LAST_OF_LATIN_1) {
                return true;
            }
        }
        return false;
    }

    private long bytes(long chars) {
        return wide ? 2 * chars : chars;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        budget.allocate(bytes(text.length()));
        return text.toString();
    }
}
