package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Filters that sort and group. The case of letters counts only where {@code case_sensitive} is set. */
final class SortFilters {

    static final Map<String, Filter> ALL = Map.of(
            "sort", SortFilters::sort,
            "dictsort", SortFilters::sortMap,
            "groupby", SortFilters::group,
            "unique", SortFilters::unique);

    private SortFilters() {}

    private static Comparator<Value> order(Environment environment, Arguments arguments) {
        boolean caseSensitive = arguments.flag("case_sensitive");
        return (a, b) -> environment.order().compare(a, b, caseSensitive);
    }

    private static Value sort(Environment environment, Value value, Arguments arguments) {
        arguments.atMostPositional(0);
        List<Value> items = ListFilters.copy(environment, value, true);
        Comparator<Value> order = order(environment, arguments);
        Optional<String> path = arguments.text("attribute");
        boolean reverse = arguments.flag("reverse");
        arguments.allUsed();
        items.sort(path.map(p -> byMember(p, order)).orElse(order));
        return ListValue.of(reverse ? items.reversed() : items);
    }

    /** Elements that have no such member go first, whatever else they are. */
    private static Comparator<Value> byMember(String path, Comparator<Value> order) {
        return Comparator.comparing(item -> Members.pathOr(item, path, Value.UNDEFINED), order);
    }

    private static Value sortMap(Environment environment, Value value, Arguments arguments) {
        if (!(value instanceof Mapping mapping)) {
            throw TemplateException.invalid("cannot convert value into pair list");
        }
        arguments.atMostPositional(0);
        boolean byValue = arguments.text("by").filter("value"::equals).isPresent();
        Comparator<Value> order = order(environment, arguments);
        boolean reverse = arguments.flag("reverse");
        arguments.allUsed();
        List<Value> keys = new ArrayList<>(mapping.keys());
        keys.sort(byValue ? Comparator.comparing(mapping::get, order) : order);
        List<Value> pairs = new ArrayList<>();
        for (Value key : reverse ? keys.reversed() : keys) {
            environment.budget().allocate(32);
            pairs.add(ListValue.of(List.of(key, mapping.get(key))));
        }
        return ListValue.of(pairs);
    }

    private static Value group(Environment environment, Value value, Arguments arguments) {
        arguments.atMostPositional(1);
        Value otherwise = arguments.named("default").orElse(Value.UNDEFINED);
        Comparator<Value> order = order(environment, arguments);
        String path = arguments.optional(0).or(() -> arguments.named("attribute")).map(Arguments::text)
                .orElseThrow(() -> TemplateException.missingArgument("missing keyword argument 'attribute'"));
        arguments.allUsed();
        List<Value> items = ListFilters.copy(environment, value, false);
        items.sort(Comparator.comparing(item -> Members.pathOr(item, path, otherwise), order));
        List<Value> groups = new ArrayList<>();
        for (int start = 0; start < items.size();) {
            int end = start + 1;
            Value first = Members.pathOr(items.get(start), path, otherwise);
            Value last = first;
            while (end < items.size()
                    && order.compare(last, Members.pathOr(items.get(end), path, otherwise)) == 0) {
                last = Members.pathOr(items.get(end++), path, otherwise);
            }
            groups.add(new Group(last, ListValue.iterator(items.subList(start, end))));
            start = end;
        }
        return ListValue.of(groups);
    }

    private static Value unique(Environment environment, Value value, Arguments arguments) {
        arguments.atMostPositional(0);
        Optional<String> path = arguments.text("attribute");
        boolean caseSensitive = arguments.flag("case_sensitive");
        arguments.allUsed();
        Set<Value> seen = new TreeSet<>(environment.order());
        List<Value> unique = new ArrayList<>();
        for (Value item : Iterables.of(value, environment.budget())) {
            Value compared = path.map(p -> Members.pathOr(item, p, Value.UNDEFINED)).orElse(item);
            if (!caseSensitive) {
                compared = compared.asText().map(text -> Value.of(text.toLowerCase(Locale.ROOT))).orElse(compared);
            }
            environment.budget().allocate(48);
            if (seen.add(compared)) {
                unique.add(item);
            }
        }
        return ListValue.of(unique);
    }
}
