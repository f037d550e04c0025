package dev.tinysse.lua.runtime;

/**
 * A place in a compiled function that may fail or call: its line, and what the source calls the values it works on. The
 * line number tables of compiled classes hold indexes of sites instead of lines.
 *
 * @param line the line of the source
 * @param left what the only or left operand is, as in {@code local 'x'}; empty if it has no name
 * @param right the same for the right operand
 * @param called how the called function is named; empty if this is no call or it has no name
 * @param presence whether the function is there for Lua while it calls from here
 */
public record Site(int line, String left, String right, String called, Presence presence) {

    /** Whether a function that calls another one is still there. */
    public enum Presence {
        /** It waits for the results. */
        WAITING,
        /** The call was its last act: the called function has taken its place. */
        REPLACED,
        /** It is not to be seen: what it calls is a part of itself, or closes its variables after an error. */
        HIDDEN
    }

    /** One of the two operands. */
    public enum Operand {
        LEFT, RIGHT
    }

    /** The description of an operand with a space in front and in brackets; empty if it has no name. */
    String suffix(Operand operand) {
        String name = operand == Operand.LEFT ? left : right;
        return name.isEmpty() ? "" : " (" + name + ")";
    }
}
