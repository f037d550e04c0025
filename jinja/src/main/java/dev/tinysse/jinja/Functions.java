package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that templates know. */
final class Functions {

    private static final long MAX_RANGE_LENGTH = 100_000;
    private static final long MAX_IN_RANGE = 0xffff_ffffL;

    private static final Map<String, CallTarget> ALL = Map.of(
            "range", new Function("range", (r, a) -> range(a.atMost(3, r))),
            "dict", new Function("dict", Functions::dict),
            "namespace", new Function("namespace", Functions::namespace),
            "debug", new Function("debug", Functions::debug));

    private Functions() {}

    static Optional<CallTarget> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** A function with its name. */
    private record Function(String name, Body body) implements CallTarget {

        @Override
        public Value call(Rendering rendering, Arguments arguments) {
            return body.call(rendering, arguments);
        }

        @Override
        public String label() {
            return "<function " + name + ">";
        }
    }

    @FunctionalInterface
    private interface Body {

        Value call(Rendering rendering, Arguments arguments);
    }

    /** Integers from a first one up to before a last one, which are computed when they are needed. */
    private record Range(long first, long step, int size) implements Sequence {

        @Override
        public Value get(int index) {
            return Value.of(first + index * step);
        }

        @Override
        public Kind kind() {
            return Kind.ITERATOR;
        }
    }

    private static Value range(Arguments arguments) {
        long first = bound(arguments.value(0));
        Optional<Long> last = arguments.optional(1).map(Functions::bound);
        long step = arguments.optional(2).map(Functions::bound).orElse(1L);
        if (step == 0) {
            throw TemplateException.invalid("cannot create range with step of 0");
        }
        long start = last.isPresent() ? first : 0;
        long size = Math.max(0, Math.ceilDiv(last.orElse(first) - start, step));
        if (size > MAX_RANGE_LENGTH) {
            throw TemplateException.invalid("range has too many elements");
        }
        return new Range(start, step, (int) size);
    }

    private static long bound(Value value) {
        return Arguments.whole(value, "u32", 0, MAX_IN_RANGE);
    }

    private static Value dict(Rendering rendering, Arguments arguments) {
        arguments.atMostPositional(1);
        var result = MapValue.create(rendering.order());
        switch (arguments.positional().isEmpty() ? Value.UNDEFINED : arguments.value(0)) {
            case Value.Undefined _,Value.None _ -> {
            }
            case Mapping mapping -> result.putAll(mapping);
            default -> throw TemplateException.invalid();
        }
        arguments.named().forEach((name, value) -> result.put(Value.of(name), value));
        return result;
    }

    private static Value namespace(Rendering rendering, Arguments arguments) {
        Arguments all = arguments.atMost(1, rendering);
        var result = MapValue.namespace(rendering.order());
        all.optional(0).ifPresent(defaults -> {
            if (!(defaults instanceof Mapping mapping)) {
                throw TemplateException
                        .invalid("expected object or keyword arguments, got " + defaults.kind().label());
            }
            result.putAll(mapping);
        });
        return result;
    }

    /** The arguments on several lines; without any, the names that are visible. */
    private static Value debug(Rendering rendering, Arguments arguments) {
        List<Value> values = arguments.withoutNames(rendering).positional();
        Value shown = switch (values.size()) {
            case 0 -> rendering.scope.visible(rendering.order());
            case 1 -> values.getFirst();
            default -> ListValue.of(new ArrayList<>(values));
        };
        return Value.of(rendering.printer().pretty(shown));
    }
}
