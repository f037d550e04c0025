package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;

/**
 * The result of {@code groupby} for elements that have something in common: a list of that and of them.
 *
 * @param grouper what they have in common
 * @param list    the elements
 */
record Group(Value grouper, Value list) implements Sequence {

    @Override
    public int size() {
        return 2;
    }

    @Override
    public Value get(int index) {
        return index == 0 ? grouper : list;
    }

    Value attribute(String name) {
        return switch (name) {
            case "grouper" -> grouper;
            case "list" -> list;
            default -> UNDEFINED;
        };
    }
}
