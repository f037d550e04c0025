package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.HashMap;
import java.util.Map;

/** Names and their values, and the scope around them. */
final class Scope {

    private final Scope parent;
    private final Mapping context;
    private final Map<String, Value> names = new HashMap<>();

    private Scope(Scope parent, Mapping context) {
        this.parent = parent;
        this.context = context;
    }

    /** The outermost scope: names come from the caller of the template. */
    static Scope root(Mapping context) {
        return new Scope(null, context);
    }

    Scope child() {
        return new Scope(this, null);
    }

    void set(String name, Value value) {
        names.put(name, value);
    }

    /** The value of a name here or around, null if there is none. */
    Value find(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Value value = scope.here(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Value here(String name) {
        Value value = names.get(name);
        if (value != null || context == null) {
            return value;
        }
        Value key = Value.of(name);
        return context.contains(key) ? context.get(key) : null;
    }

    /** All names and their values. */
    Value visible(Order order) {
        var all = MapValue.create(order);
        collect(all);
        return all;
    }

    private void collect(MapValue all) {
        if (parent != null) {
            parent.collect(all);
        }
        if (context != null) {
            all.putAll(context);
        }
        names.forEach((name, value) -> all.put(Value.of(name), value));
    }

    /** The variables that were set here and not around. */
    Map<String, Value> names() {
        return names;
    }
}
