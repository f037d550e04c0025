package dev.tinysse.lua.syntax;

/** Where a {@code goto} or {@code break} leads. */
public final class Label {

    private final String name;
    private final int line;
    private final int variables;
    private final int closing;
    private final boolean last;

    /**
     * @param variables how many local variables are in scope there
     * @param closing how many to-be-closed variables are in scope there
     * @param last whether only labels and empty statements follow in its block
     */
    Label(String name, int line, int variables, int closing, boolean last) {
        this.name = name;
        this.line = line;
        this.variables = variables;
        this.closing = closing;
        this.last = last;
    }

    String name() {
        return name;
    }

    int line() {
        return line;
    }

    int variables() {
        return variables;
    }

    /** How many to-be-closed variables of the function stay open on the way there. */
    public int closing() {
        return closing;
    }

    /** Whether it stands at the end of its block, outside of the scope of the block's variables. */
    public boolean last() {
        return last;
    }
}
