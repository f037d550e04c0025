package dev.tinysse.luahooks.template.value;

import dev.tinysse.luahooks.template.value.Value.Sequence;
import java.util.List;

/**
 * A list of the engine's own.
 *
 * @param items the elements
 * @param shape what templates see of it
 */
public record ListValue(List<Value> items, Shape shape) implements Sequence {

    public enum Shape {
        /** A sequence. */
        LIST,
        /** Something to loop over whose length is known, such as a part of a list. */
        ITERATOR,
        /** Something to loop over whose length is not known, such as the parts of a text. */
        UNSIZED
    }

    public static final ListValue EMPTY = new ListValue(List.of(), Shape.LIST);

    public static ListValue of(List<Value> items) {
        return new ListValue(items, Shape.LIST);
    }

    public static ListValue iterator(List<Value> items) {
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
