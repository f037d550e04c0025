package dev.tinysse.luahooks.template.value;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** A list of values. An implementation must not change while a template is rendered. */
public non-sealed interface Sequence extends Value, Iterable<Value> {

    /** How many elements there are. */
    int size();

    /**
     * An element.
     *
     * @param index from 0 to {@code size() - 1}
     */
    Value get(int index);

    /** Whether templates are told the length; without it, the length is an error and the end of a loop is not seen. */
    default boolean sized() {
        return true;
    }

    @Override
    default Kind kind() {
        return Kind.SEQUENCE;
    }

    @Override
    default boolean isTrue() {
        return !sized() || size() > 0;
    }

    @Override
    default Iterator<Value> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Value next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
