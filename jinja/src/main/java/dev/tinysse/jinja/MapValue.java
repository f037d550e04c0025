package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map that a template has made: a literal, the named arguments of a call, a module, or a namespace. */
final class MapValue implements Mapping {

    private final SortedMap<Value, Value> entries;
    private final boolean assignable;

    private MapValue(Order order, boolean assignable) {
        this.entries = new TreeMap<>(order);
        this.assignable = assignable;
    }

    static MapValue create(Order order) {
        return new MapValue(order, false);
    }

    /** A map to which templates may assign. */
    static MapValue namespace(Order order) {
        return new MapValue(order, true);
    }

    /** A map with names as keys. */
    static MapValue of(Map<String, Value> names) {
        return of(names, new Order(Budget.UNLIMITED));
    }

    static MapValue of(Map<String, Value> names, Order order) {
        var map = new MapValue(order, false);
        names.forEach((name, value) -> map.put(Value.of(name), value));
        return map;
    }

    /** Whether it is a namespace. */
    boolean assignable() {
        return assignable;
    }

    void put(Value key, Value value) {
        entries.put(key, value);
    }

    void putAll(Mapping other) {
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
