package dev.tinysse.jinja;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A macro, or the block of a call.
 *
 * @param source  what it does
 * @param closure the names that are visible where it is defined
 * @param owner   the template it is defined in
 */
record Macro(Statement.MacroSource source, Scope closure, Template owner) implements CallTarget {

    private static final int WEIGHT = 5;
    private static final String CALLER = "caller";

    @Override
    public String label() {
        return "<macro " + source.name() + ">";
    }

    @Override
    public Value attribute(String name) {
        return switch (name) {
            case "name" -> Value.of(source.name());
            case "arguments" -> ListValue.of(source.parameters().stream().map(Value::of).toList());
            case CALLER -> Value.of(source.usesCaller());
            default -> UNDEFINED;
        };
    }

    @Override
    public Value call(Rendering rendering, Arguments arguments) {
        Scope inner = closure.child();
        List<String> parameters = source.parameters();
        if (arguments.positional().size() > parameters.size()) {
            throw TemplateException.tooManyArguments();
        }
        Value[] values = bound(arguments);
        if (source.usesCaller()) {
            inner.set(CALLER, Optional.ofNullable(arguments.named().get(CALLER)).orElse(UNDEFINED));
        }
        int loopDepth = rendering.loopDepth;
        rendering.loopDepth = 0;
        try {
            return rendering.withBlocks(new Blocks(), () -> rendering.capture(() -> rendering.inTemplate(owner,
                    () -> rendering.inScope(inner, WEIGHT, () -> run(rendering, inner, values)))));
        } finally {
            rendering.loopDepth = loopDepth;
        }
    }

    private Value[] bound(Arguments arguments) {
        List<String> parameters = source.parameters();
        Map<String, Value> named = arguments.named();
        Set<String> unused = new HashSet<>(named.keySet());
        if (source.usesCaller()) {
            unused.remove(CALLER);
        }
        var values = new Value[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            String parameter = parameters.get(i);
            boolean positional = i < arguments.positional().size();
            if (positional && named.containsKey(parameter)) {
                throw TemplateException.tooManyArguments("duplicate argument `" + parameter + "`");
            }
            unused.remove(parameter);
            values[i] = positional ? arguments.value(i) : Optional.ofNullable(named.get(parameter)).orElse(UNDEFINED);
        }
        unused.stream().sorted().findFirst().ifPresent(name -> {
            throw TemplateException.tooManyArguments("unknown keyword argument `" + name + "`");
        });
        return values;
    }

    /** Sets the parameters from the last to the first, which is the order in which defaults are computed. */
    private void run(Rendering rendering, Scope inner, Value[] values) {
        int firstDefault = values.length - source.defaults().size();
        for (int i = values.length - 1; i >= 0; i--) {
            boolean missing = values[i] == UNDEFINED && i >= firstDefault;
            inner.set(source.parameters().get(i), missing
                    ? rendering.execution.evaluate(source.defaults().get(i - firstDefault))
                    : values[i]);
        }
        rendering.execution.execute(source.body());
    }
}
