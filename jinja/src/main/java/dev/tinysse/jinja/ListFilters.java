package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters for lists, and for what can be looped over like one. */
final class ListFilters {

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("list", Filter.of((r, v) -> ListValue.of(copy(r, v, true)))),
            Map.entry("items", Filter.of((r, v) -> items(v))),
            Map.entry("reverse", Filter.of(ListFilters::reverse)),
            Map.entry("join", Filter.of(1, ListFilters::join)),
            Map.entry("first", Filter.of(ListFilters::first)),
            Map.entry("last", Filter.of(ListFilters::last)),
            Map.entry("min", Filter.of((r, v) -> least(r, v, r.order()))),
            Map.entry("max", Filter.of(ListFilters::greatest)),
            Map.entry("sum", Filter.of(ListFilters::sum)),
            Map.entry("batch", Filter.of(2, ListFilters::batch)),
            Map.entry("slice", Filter.of(2, ListFilters::slice)));

    private ListFilters() {}

    /** The elements of a value; how it fails on what has none depends on the filter. */
    static List<Value> copy(Environment environment, Value value, boolean asList) {
        if (asList && !Iterables.isIterable(value)) {
            throw TemplateException.invalid("cannot convert value to list");
        }
        Sequence elements = Iterables.of(value, environment.budget());
        environment.budget().allocate(8L * elements.size());
        List<Value> copy = new ArrayList<>(elements.size());
        elements.forEach(copy::add);
        return copy;
    }

    private static Value items(Value value) {
        if (!(value instanceof Mapping mapping)) {
            throw TemplateException.invalid("cannot convert value into pairs");
        }
        return ListValue.iterator(mapping.keys().stream()
                .<Value>map(key -> ListValue.of(List.of(key, mapping.get(key)))).toList());
    }

    /** Turns texts and lists around; the keys of a map stay in their order. */
    private static Value reverse(Environment environment, Value value) {
        return switch (value) {
            case Value.Undefined _,Value.None _ -> value;
            case Value.Text(String text, boolean _) -> Value.of(new StringBuilder(text).reverse().toString());
            case Sequence _ -> ListValue.iterator(copy(environment, value, false).reversed());
            case Mapping mapping -> ListValue.iterator(mapping.keys());
            default -> throw TemplateException.invalid("cannot reverse values of type " + value.kind().label());
        };
    }

    private static Value join(Environment environment, Value value, Arguments arguments) {
        String separator = arguments.optionalText(0, environment).orElse("");
        if (!Iterables.isIterable(value)) {
            throw TemplateException.invalid("cannot join value of type " + value.kind().label());
        }
        var out = new Output(environment.budget());
        for (Value item : Iterables.of(value, environment.budget())) {
            if (!out.isEmpty()) {
                out.append(separator);
            }
            out.append(environment.display(item));
        }
        return Value.of(out.toString());
    }

    private static Value first(Environment environment, Value value) {
        if (!(value instanceof Value.Text || value instanceof Sequence || value instanceof Mapping)) {
            throw TemplateException.invalid("cannot get first item from value");
        }
        Sequence items = Iterables.of(value, environment.budget());
        return items.size() == 0 ? Value.UNDEFINED : items.get(0);
    }

    private static Value last(Environment environment, Value value) {
        if (!(value instanceof Value.Text || value instanceof Sequence)) {
            throw TemplateException.invalid("cannot get last item from value");
        }
        Sequence items = Iterables.of(value, environment.budget());
        return items.size() == 0 ? Value.UNDEFINED : items.get(items.size() - 1);
    }

    private static Value least(Environment environment, Value value, Comparator<Value> order) {
        return copy(environment, value, true).stream().reduce((a, b) -> order.compare(b, a) < 0 ? b : a)
                .orElse(Value.UNDEFINED);
    }

    private static Value greatest(Environment environment, Value value) {
        return least(environment, ListValue.of(copy(environment, value, true).reversed()),
                environment.order().reversed());
    }

    private static Value sum(Environment environment, Value value) {
        Value sum = Value.of(0);
        for (Value item : Iterables.of(value, environment.budget())) {
            if (item == Value.UNDEFINED) {
                continue;
            }
            if (item.kind() != Kind.NUMBER) {
                throw TemplateException.invalid("can only sum numbers, got " + item.kind().label());
            }
            sum = environment.operators().add(sum, item);
        }
        return sum;
    }

    private static int parts(Arguments arguments) {
        int count = Arguments.count(arguments.value(0));
        if (count == 0) {
            throw TemplateException.invalid("count cannot be 0");
        }
        return count;
    }

    /** Lists of so many elements each; the last one is filled up. */
    private static Value batch(Environment environment, Value value, Arguments arguments) {
        int count = parts(arguments);
        Optional<Value> filler = arguments.optional(1);
        List<Value> items = copy(environment, value, false);
        List<Value> batches = new ArrayList<>();
        for (int start = 0; start < items.size(); start += Math.min(count, items.size())) {
            int end = (int) Math.min((long) start + count, items.size());
            var batch = new ArrayList<>(items.subList(start, end));
            filler.ifPresent(f -> fill(environment, batch, count, f));
            batches.add(ListValue.of(batch));
        }
        return ListValue.of(batches);
    }

    private static void fill(Environment environment, List<Value> batch, int count, Value filler) {
        environment.budget().allocate(8L * (count - batch.size()));
        while (batch.size() < count) {
            batch.add(filler);
        }
    }

    /** So many lists, the first ones with an element more; the others are filled up. */
    private static Value slice(Environment environment, Value value, Arguments arguments) {
        int count = parts(arguments);
        Optional<Value> filler = arguments.optional(1);
        List<Value> items = copy(environment, value, false);
        environment.budget().allocate(32L * count);
        int length = items.size() / count;
        int longer = items.size() % count;
        List<Value> slices = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < count; i++) {
            int end = start + length + (i < longer ? 1 : 0);
            var slice = new ArrayList<>(items.subList(start, end));
            if (i >= longer) {
                filler.ifPresent(slice::add);
            }
            slices.add(ListValue.of(slice));
            start = end;
        }
        return ListValue.of(slices);
    }
}
