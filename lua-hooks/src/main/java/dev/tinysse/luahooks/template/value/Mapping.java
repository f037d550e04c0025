package dev.tinysse.luahooks.template.value;

import java.util.List;

/** Values by key. An implementation from outside must not change while a template is rendered. */
public non-sealed interface Mapping extends Value {

    /**
     * The value of a key.
     *
     * @return {@link Value#UNDEFINED} if there is none
     */
    Value get(Value key);

    /** Whether there is a value for this key. */
    boolean contains(Value key);

    /** All keys in the order of {@link Order}. */
    List<Value> keys();

    /** How many keys there are. */
    int size();

    @Override
    default Kind kind() {
        return Kind.MAP;
    }

    @Override
    default boolean isTrue() {
        return size() > 0;
    }
}
