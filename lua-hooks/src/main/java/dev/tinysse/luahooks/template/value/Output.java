package dev.tinysse.luahooks.template.value;

/** A text that grows, and asks the budget before it does. */
public final class Output {

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;
    private final boolean discards;

    public Output(Budget budget) {
        this(budget, false);
    }

    private Output(Budget budget, boolean discards) {
        this.budget = budget;
        this.discards = discards;
    }

    /** Where output goes that nobody wants. */
    public static Output discarding(Budget budget) {
        return new Output(budget, true);
    }

    public boolean discards() {
        return discards;
    }

    public Output append(String more) {
        if (!discards) {
            budget.allocate(2L * more.length());
            text.append(more);
        }
        return this;
    }

    public Output append(char more) {
        if (!discards) {
            budget.allocate(2);
            text.append(more);
        }
        return this;
    }

    Output appendCodePoint(int more) {
        return append(Character.toString(more));
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
