package dev.tinysse.jinja;

import dev.tinysse.jinja.Expression.Argument;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls of functions, macros, blocks and methods. */
final class Calls {

    private final Rendering rendering;

    Calls(Rendering rendering) {
        this.rendering = rendering;
    }

    Value call(Expression.Call call) {
        return switch (call.target()) {
            case Expression.Attribute(Expression.Name(String self, int _), String block, int _) when self
                    .equals("self") ->
                rendering.capture(() -> rendering.execution.block(block));
            case Expression.Attribute(Expression target, String method, int _) ->
                method(evaluate(target), method, arguments(call));
            case Expression.Name(String name, int _) -> function(name, arguments(call));
            default -> apply(evaluate(call.target()), arguments(call));
        };
    }

    /** A call with a block, which the macro gets as {@code caller}. */
    Value call(Expression.Call call, Value caller) {
        Arguments arguments = arguments(call);
        Map<String, Value> named = new TreeMap<>(arguments.named());
        named.put("caller", caller);
        var extended = new Arguments(arguments.positional(), named);
        return switch (call.target()) {
            case Expression.Attribute(Expression target, String method, int _) ->
                method(evaluate(target), method, extended);
            case Expression.Name(String name, int _) -> function(name, extended);
            default -> apply(evaluate(call.target()), extended);
        };
    }

    private Value evaluate(Expression expression) {
        return rendering.execution.evaluate(expression);
    }

    private Arguments arguments(Expression.Call call) {
        return arguments(call.arguments());
    }

    Arguments arguments(List<Argument> arguments) {
        if (arguments.isEmpty()) {
            return Arguments.NONE;
        }
        var positional = new ArrayList<Value>();
        Map<String, Value> named = new TreeMap<>();
        for (Argument argument : arguments) {
            Value value = evaluate(argument.value());
            switch (argument) {
                case Argument.Positional _ -> positional.add(value);
                case Argument.Named(String name, Expression _) -> named.put(name, value);
                case Argument.Spread _ -> Iterables.of(value, rendering.budget()).forEach(positional::add);
                case Argument.NamedSpread _ -> spread(value, named);
            }
        }
        return new Arguments(positional, named);
    }

    private void spread(Value value, Map<String, Value> named) {
        if (!(value instanceof Mapping mapping)) {
            throw TemplateException.invalid(
                    "attempted to apply keyword arguments from non map (got " + value.kind().label() + ")");
        }
        for (Value key : mapping.keys()) {
            named.put(rendering.display(key), mapping.get(key));
        }
    }

    private Value function(String name, Arguments arguments) {
        if (name.equals("super")) {
            if (!arguments.positional().isEmpty() || !arguments.named().isEmpty()) {
                throw TemplateException.invalid("super() takes no arguments");
            }
            return rendering.capture(rendering.execution::superBlock);
        }
        Value function = rendering.scope.find(name);
        if (function == null) {
            function = Functions.named(name)
                    .orElseThrow(() -> TemplateException.unknown("function", name + " is unknown"));
        }
        return apply(function, arguments);
    }

    private Value method(Value target, String name, Arguments arguments) {
        Value key = Value.of(name);
        if (target instanceof Mapping mapping && mapping.contains(key)) {
            return apply(mapping.get(key), arguments);
        }
        if (target instanceof CallTarget callable) {
            return callable.callMethod(rendering, name, arguments);
        }
        throw TemplateException.unknownMethod(target.kind(), name);
    }

    private Value apply(Value function, Arguments arguments) {
        if (function instanceof CallTarget callable) {
            return callable.call(rendering, arguments);
        }
        throw TemplateException.invalid(function instanceof Sequence || function instanceof Mapping
                ? "object is not callable"
                : "value of type " + function.kind().label() + " is not callable");
    }
}
