package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;
import java.util.List;

/**
 * A list that a template has made.
 *
 * @param items the elements
 * @param shape what templates see of it
 */
record ListValue(List<Value> items, Shape shape) implements Sequence {

    enum Shape {
        /** A sequence. */
        LIST,
        /** Something to loop over whose length is known, such as a part of a list. */
        ITERATOR,
        /** Something to loop over whose length is not known, such as the parts of a text. */
        UNSIZED
    }

    static final ListValue EMPTY = new ListValue(List.of(), Shape.LIST);

    static ListValue of(List<Value> items) {
        return new ListValue(items, Shape.LIST);
    }

    static ListValue iterator(List<Value> items) {
        return new ListValue(items, Shape.ITERATOR);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Value get(int index) {
        return items.get(index);
    }

    @Override
    public boolean sized() {
        return shape != Shape.UNSIZED;
    }

    @Override
    public Kind kind() {
        return shape == Shape.LIST ? Kind.SEQUENCE : Kind.ITERATOR;
    }
}
