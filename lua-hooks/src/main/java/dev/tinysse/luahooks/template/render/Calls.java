package dev.tinysse.luahooks.template.render;

import dev.tinysse.luahooks.template.filter.Arguments;
import dev.tinysse.luahooks.template.syntax.Expression;
import dev.tinysse.luahooks.template.value.Mapping;
import dev.tinysse.luahooks.template.value.Sequence;
import dev.tinysse.luahooks.template.value.TemplateException;
import dev.tinysse.luahooks.template.value.Value;
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
                rendering.capture(() -> rendering.renderer().block(block));
            case Expression.Attribute(Expression target, String method, int _) ->
                method(evaluator().evaluate(target), method, arguments(call));
            case Expression.Name(String name, int _) -> function(name, arguments(call));
            default -> apply(evaluator().evaluate(call.target()), arguments(call));
        };
    }

    /** A call with a block, which the macro gets as {@code caller}. */
    Value call(Expression.Call call, Macro caller) {
        Arguments arguments = arguments(call);
        Map<String, Value> named = new TreeMap<>(arguments.named());
        named.put("caller", caller);
        var extended = new Arguments(arguments.positional(), named);
        return switch (call.target()) {
            case Expression.Attribute(Expression target, String method, int _) ->
                method(evaluator().evaluate(target), method, extended);
            case Expression.Name(String name, int _) -> function(name, extended);
            default -> apply(evaluator().evaluate(call.target()), extended);
        };
    }

    private Evaluator evaluator() {
        return rendering.evaluator();
    }

    private Arguments arguments(Expression.Call call) {
        return evaluator().arguments(call.arguments());
    }

    private Value function(String name, Arguments arguments) {
        if (name.equals("super")) {
            if (!arguments.positional().isEmpty() || !arguments.named().isEmpty()) {
                throw TemplateException.invalid("super() takes no arguments");
            }
            return rendering.capture(rendering.renderer()::superBlock);
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
