package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The arguments of a filter, test, function or macro. Wrong or missing arguments raise the errors that templates know. */
final class Arguments {

    static final Arguments NONE = new Arguments(List.of(), Map.of());

    private final List<Value> positional;
    private final SortedMap<String, Value> named;
    private final Set<String> used = new HashSet<>();

    Arguments(List<Value> positional, Map<String, Value> named) {
        this.positional = positional;
        this.named = new TreeMap<>(named);
    }

    List<Value> positional() {
        return positional;
    }

    SortedMap<String, Value> named() {
        return named;
    }

    /** These arguments for what takes at most so many and none by name: named ones count as one map more. */
    Arguments atMost(int max, Environment environment) {
        Arguments all = withoutNames(environment);
        if (all.positional.size() > max) {
            throw TemplateException.tooManyArguments();
        }
        return all;
    }

    Arguments withoutNames(Environment environment) {
        if (named.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(positional);
        all.add(new Names(MapValue.of(named, environment.order())));
        return new Arguments(all, Map.of());
    }

    /** These arguments for what takes at most so many, and others by name. */
    Arguments atMostPositional(int max) {
        if (positional.size() > max) {
            throw TemplateException.tooManyArguments();
        }
        return this;
    }

    /** All but the first ones. */
    Arguments from(int first) {
        return first >= positional.size()
                ? NONE
                : new Arguments(positional.subList(first, positional.size()), Map.of());
    }

    Value value(int index) {
        if (index >= positional.size()) {
            throw TemplateException.missingArgument();
        }
        return positional.get(index);
    }

    /** An argument that may be left out; undefined and none count as left out. */
    Optional<Value> optional(int index) {
        return index < positional.size() ? present(positional.get(index)) : Optional.empty();
    }

    private static Optional<Value> present(Value value) {
        return value == Value.UNDEFINED || value == Value.NONE ? Optional.empty() : Optional.of(value);
    }

    /** An argument as it would be printed. */
    String text(int index, Environment environment) {
        return printed(value(index), environment);
    }

    /** An argument that may be left out, as it would be printed. */
    Optional<String> optionalText(int index, Environment environment) {
        return optional(index).map(value -> printed(value, environment));
    }

    private static String printed(Value value, Environment environment) {
        if (value instanceof Names) {
            throw TemplateException.invalid("cannot convert kwargs to string");
        }
        return environment.display(value);
    }

    /** An argument by name; undefined and none count as left out. */
    Optional<Value> named(String name) {
        used.add(name);
        return Optional.ofNullable(named.get(name)).flatMap(Arguments::present);
    }

    boolean flag(String name) {
        return named(name).map(Arguments::truth).orElse(false);
    }

    boolean flag(int index) {
        return optional(index).map(Arguments::truth).orElse(false);
    }

    Optional<String> text(String name) {
        return named(name).map(Arguments::text);
    }

    /** Makes sure that no argument by name was given that nobody asked for. */
    void allUsed() {
        for (String name : named.keySet()) {
            if (!used.contains(name)) {
                throw TemplateException.tooManyArguments("unknown keyword argument '" + name + "'");
            }
        }
    }

    static boolean truth(Value value) {
        if (value instanceof Value.Bool(boolean truth)) {
            return truth;
        }
        throw cannotConvert(value, "bool");
    }

    static String text(Value value) {
        return value.asText().orElseThrow(() -> TemplateException.invalid("value is not a string"));
    }

    /** A value as a count, such as a width. */
    static int count(Value value) {
        return Numbers.integer(value, 0, Integer.MAX_VALUE).orElseThrow(() -> cannotConvert(value, "usize")).intValue();
    }

    static long whole(Value value, String type, long min, long max) {
        return Numbers.integer(value, min, max).orElseThrow(() -> cannotConvert(value, type));
    }

    private static TemplateException cannotConvert(Value value, String type) {
        return TemplateException.invalid("cannot convert " + value.kind().label() + " to " + type);
    }

    /** All named arguments as one value, where none were expected. */
    private record Names(MapValue map) implements Mapping {

        @Override
        public Value get(Value key) {
            return map.get(key);
        }

        @Override
        public boolean contains(Value key) {
            return map.contains(key);
        }

        @Override
        public List<Value> keys() {
            return map.keys();
        }

        @Override
        public int size() {
            return map.size();
        }
    }
}
