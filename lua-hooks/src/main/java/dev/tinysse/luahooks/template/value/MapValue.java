package dev.tinysse.luahooks.template.value;

import dev.tinysse.luahooks.template.value.Value.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map of the engine's own: a map of a template, the named arguments of a call, a module, or a namespace. */
public final class MapValue implements Mapping {

    private final SortedMap<Value, Value> entries;
    private final boolean assignable;

    private MapValue(Order order, boolean assignable) {
        this.entries = new TreeMap<>(order);
        this.assignable = assignable;
    }

    public static MapValue create(Order order) {
        return new MapValue(order, false);
    }

    /** A map to which templates may assign. */
    public static MapValue namespace(Order order) {
        return new MapValue(order, true);
    }

    /** A map with names as keys. */
    public static MapValue of(Map<String, Value> names) {
        return of(names, new Order(Budget.UNLIMITED));
    }

    public static MapValue of(Map<String, Value> names, Order order) {
        var map = new MapValue(order, false);
        names.forEach((name, value) -> map.put(Value.of(name), value));
        return map;
    }

    /** Whether it is a namespace. */
    public boolean assignable() {
        return assignable;
    }

    public void put(Value key, Value value) {
        entries.put(key, value);
    }

    public void putAll(Mapping other) {
        other.keys().forEach(key -> entries.put(key, other.get(key)));
    }

    @Override
    public Value get(Value key) {
        return Optional.ofNullable(entries.get(key)).orElse(UNDEFINED);
    }

    @Override
    public boolean contains(Value key) {
        return entries.containsKey(key);
    }

    @Override
    public List<Value> keys() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public int size() {
        return entries.size();
    }
}
