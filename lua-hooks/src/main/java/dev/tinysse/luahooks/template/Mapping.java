package dev.tinysse.luahooks.template;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

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

    /** A map with names as keys. */
    static Mapping of(Map<String, Value> names) {
        return MapValue.of(names, new Order(Budget.UNLIMITED));
    }

    /** The order of keys: kinds in the order of {@link Kind}, numbers by size and texts by code points. */
    static Comparator<Value> keyOrder() {
        return new Order(Budget.UNLIMITED);
    }

    /** All keys in {@link #keyOrder}. */
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
