package dev.tinysse.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The filters and tests that templates know. */
final class Builtins {

    private static final Map<String, Filter> FILTERS = filters();
    private static final Map<String, Test> TESTS = tests();

    private Builtins() {}

    private static Map<String, Filter> filters() {
        Map<String, Filter> all = new HashMap<>();
        all.putAll(TextFilters.ALL);
        all.putAll(ValueFilters.ALL);
        all.putAll(ListFilters.ALL);
        all.putAll(new ChoiceFilters(Builtins::filter, Builtins::test).all());
        all.putAll(SortFilters.ALL);
        return Map.copyOf(all);
    }

    private static Map<String, Test> tests() {
        Map<String, Test> all = new HashMap<>(Tests.ALL);
        all.put("filter", Test.ofText(name -> filter(name).isPresent()));
        all.put("test", Test.ofText(name -> test(name).isPresent()));
        return Map.copyOf(all);
    }

    /** The filter of this name. */
    static Optional<Filter> filter(String name) {
        return Optional.ofNullable(FILTERS.get(name));
    }

    /** The test of this name. */
    static Optional<Test> test(String name) {
        return Optional.ofNullable(TESTS.get(name));
    }
}
