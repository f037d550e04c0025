package dev.tinysse.luahooks.template.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The filters that templates know. */
public final class Filters {

    private static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>();
        all.putAll(TextFilters.ALL);
        all.putAll(ValueFilters.ALL);
        all.putAll(ListFilters.ALL);
        all.putAll(ChoiceFilters.ALL);
        all.putAll(SortFilters.ALL);
        return Map.copyOf(all);
    }

    public static Optional<Filter> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
