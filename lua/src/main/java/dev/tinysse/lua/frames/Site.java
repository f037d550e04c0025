package dev.tinysse.lua.frames;

import java.util.List;

/**
 * A place in a compiled function that may fail or call: its line, and what the source calls the values it works on. The
 * line number tables of compiled classes hold indexes of sites instead of lines.
 *
 * @param line the line of the source
 * @param operands what the operands are, from the left, as in {@code local 'x'}; an empty text for one without a name
 * @param called how the called function is named; empty if this is no call or it has no name
 * @param presence whether the function is there for Lua while it calls from here
 */
public record Site(int line, List<String> operands, String called, Presence presence) {

    /** Whether a function that calls another one is still there. */
    public enum Presence {
        /** It waits for the results. */
        WAITING,
        /** The call was its last act: the called function has taken its place. */
        REPLACED,
        /** It is not to be seen: what it calls is a part of itself, or closes its variables after an error. */
        HIDDEN
    }

    /** A place at which something may fail that has no operands to name. */
    public static Site at(int line) {
        return new Site(line, List.of(), "", Presence.WAITING);
    }

    /** A place that is not to be seen. */
    public static Site hidden(int line) {
        return new Site(line, List.of(), "", Presence.HIDDEN);
    }

    /** A call of what the source names {@code called}. */
    public static Site call(int line, String called, Presence presence) {
        return new Site(line, List.of(), called, presence);
    }

    /** The description of operand {@code number}, from 0, with a space in front and in brackets; empty if it has no name. */
    public String suffix(int number) {
        String name = number < operands.size() ? operands.get(number) : "";
        return name.isEmpty() ? "" : " (" + name + ")";
    }
}
