package dev.tinysse.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Filters that choose elements by a test, or make something of each. */
final class ChoiceFilters {

    private final Function<String, Optional<Filter>> filters;
    private final Function<String, Optional<Test>> tests;

    /** With the filters and tests that a template can name. */
    ChoiceFilters(Function<String, Optional<Filter>> filters, Function<String, Optional<Test>> tests) {
        this.filters = filters;
        this.tests = tests;
    }

    Map<String, Filter> all() {
        return Map.of(
                "select", (r, v, a) -> choose(r, v, a.withoutNames(r), false, true),
                "reject", (r, v, a) -> choose(r, v, a.withoutNames(r), false, false),
                "selectattr", (r, v, a) -> choose(r, v, a.withoutNames(r), true, true),
                "rejectattr", (r, v, a) -> choose(r, v, a.withoutNames(r), true, false),
                "map", this::map);
    }

    private Value choose(Environment environment, Value value, Arguments arguments, boolean byMember,
            boolean wanted) {
        Function<Value, Value> tested = Function.identity();
        if (byMember) {
            String path = arguments.text(0, environment);
            tested = item -> Members.path(item, path);
        }
        int testAt = byMember ? 1 : 0;
        Optional<Test> test = arguments.optionalText(testAt, environment).map(name -> tests.apply(name)
                .orElseThrow(() -> TemplateException.unknown("test")));
        Arguments more = arguments.from(testAt + 1);
        List<Value> chosen = new ArrayList<>();
        for (Value item : Iterables.of(value, environment.budget())) {
            Value what = tested.apply(item);
            boolean passed = test.map(t -> t.holds(environment, what, more)).orElseGet(what::isTrue);
            if (passed == wanted) {
                environment.budget().allocate(8);
                chosen.add(item);
            }
        }
        return ListValue.of(chosen);
    }

    private Value map(Environment environment, Value value, Arguments arguments) {
        Optional<Value> member = arguments.named("attribute");
        Function<Value, Value> make = member.isPresent()
                ? member(member.get(), arguments)
                : filtered(environment, arguments);
        List<Value> made = new ArrayList<>();
        for (Value item : Iterables.of(value, environment.budget())) {
            environment.budget().allocate(8);
            made.add(make.apply(item));
        }
        return ListValue.of(made);
    }

    private static Function<Value, Value> member(Value member, Arguments arguments) {
        arguments.atMostPositional(0);
        Value otherwise = arguments.named("default").orElse(Value.UNDEFINED);
        arguments.allUsed();
        Optional<String> path = member.asText();
        return item -> {
            try {
                Value found = path.map(p -> Members.path(item, p)).orElseGet(() -> Members.item(item, member));
                return found == Value.UNDEFINED ? otherwise : found;
            } catch (TemplateException e) {
                if (otherwise == Value.UNDEFINED) {
                    throw e;
                }
                return otherwise;
            }
        };
    }

    private Function<Value, Value> filtered(Environment environment, Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw TemplateException.invalid("filter name is required");
        }
        String name = arguments.value(0).asText()
                .orElseThrow(() -> TemplateException.invalid("filter name must be a string"));
        Filter filter = filters.apply(name).orElseThrow(() -> TemplateException.unknown("filter"));
        Arguments more = arguments.from(1);
        return item -> filter.apply(environment, item, more);
    }
}
