package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;
import java.util.List;
import java.util.Optional;

/** A loop while it runs, which its body sees as {@code loop}. */
final class Loop implements CallTarget {

    private final Statement.For statement;
    private final Sequence items;
    private final int depth;
    private int index = -1;
    private Optional<List<Value>> lastChanged = Optional.empty();

    Loop(Statement.For statement, Sequence items, int depth) {
        this.statement = statement;
        this.items = items;
        this.depth = depth;
    }

    boolean advance() {
        return ++index < items.size();
    }

    Value current() {
        return items.get(index);
    }

    @Override
    public String label() {
        return "<loop " + index + "/" + (items.sized() ? items.size() : "?") + ">";
    }

    @Override
    public Value attribute(String name) {
        return switch (name) {
            case "index" -> Value.of(index + 1L);
            case "index0" -> Value.of((long) index);
            case "length" -> ifSized(items.size());
            case "revindex" -> ifSized(items.size() - index);
            case "revindex0" -> ifSized(items.size() - index - 1);
            case "first" -> Value.of(index == 0);
            case "last" -> Value.of(items.sized() && index == items.size() - 1);
            case "depth" -> Value.of(depth + 1L);
            case "depth0" -> Value.of((long) depth);
            case "previtem" -> index > 0 ? items.get(index - 1) : UNDEFINED;
            case "nextitem" -> index + 1 < items.size() ? items.get(index + 1) : UNDEFINED;
            default -> UNDEFINED;
        };
    }

    private Value ifSized(int count) {
        return items.sized() ? Value.of((long) count) : UNDEFINED;
    }

    @Override
    public Value callMethod(Rendering rendering, String name, Arguments arguments) {
        List<Value> values = arguments.withoutNames(rendering).positional();
        return switch (name) {
            case "cycle" -> values.isEmpty() ? UNDEFINED : values.get(index % values.size());
            case "changed" -> changed(values, rendering.order());
            default -> throw TemplateException.unknownMethod(kind(), name);
        };
    }

    private Value changed(List<Value> values, Order order) {
        boolean same = lastChanged
                .filter(last -> order.equal(ListValue.of(last), ListValue.of(values))).isPresent();
        lastChanged = Optional.of(values);
        return Value.of(!same);
    }

    /** Goes through a value with the same body, as part of a tree. */
    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        if (arguments.positional().size() != 1 || !arguments.named().isEmpty()) {
            throw TemplateException.invalid("loop() takes one argument");
        }
        if (!statement.recursive()) {
            throw TemplateException.invalid("cannot recurse outside of recursive loop");
        }
        Value value = arguments.value(0);
        if (!Iterables.isIterable(value)) {
            throw TemplateException.invalid("cannot recurse because of non-iterable value");
        }
        return rendering.capture(() -> rendering.execution.loop(statement, Iterables.of(value, rendering.budget())));
    }
}
