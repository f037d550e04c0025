package dev.tinysse.jinja;

import java.util.ArrayList;
import java.util.List;

/** Computes expressions. */
final class Evaluator {

    private final Rendering rendering;
    private final Calls calls;

    Evaluator(Rendering rendering) {
        this.rendering = rendering;
        this.calls = new Calls(rendering);
    }

    Value evaluate(Expression expression) {
        rendering.enterNode();
        try {
            return compute(expression);
        } catch (TemplateException e) {
            throw e.at(rendering.template.name(), expression.line());
        } finally {
            rendering.leaveNode();
        }
    }

    private Value compute(Expression expression) {
        return switch (expression) {
            case Expression.Literal(Value value, int _) -> value;
            case Expression.Name(String name, int _) -> Members.usable(name(name));
            case Expression.Captured _ -> rendering.captured;
            case Expression.Attribute(Expression target, String name, int _) ->
                Members.usable(Members.attribute(evaluate(target), name));
            case Expression.Item(Expression target, Expression key, int _) ->
                Members.usable(Members.item(evaluate(target), evaluate(key)));
            case Expression.Slice slice -> Slices.slice(evaluate(slice.target()), evaluate(slice.start()),
                    evaluate(slice.stop()), evaluate(slice.step()), rendering.budget());
            case Expression.Not(Expression operand, int _) -> Value.of(!evaluate(operand).isTrue());
            case Expression.Negate(Expression operand, int _) -> rendering.operators().negate(evaluate(operand));
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional(Expression test, Expression then, Expression otherwise, int _) ->
                evaluate(evaluate(test).isTrue() ? then : otherwise);
            case Expression.Filter filter -> filter(filter);
            case Expression.Test test -> test(test);
            case Expression.Call call -> calls.call(call);
            case Expression.ListOf(List<Expression> items, int _) -> ListValue.of(all(items));
            case Expression.MapOf map -> map(map);
        };
    }

    /** A call with a block, which the macro gets as {@code caller}. */
    Value call(Expression.Call call, Value caller) {
        return calls.call(call, caller);
    }

    private Value name(String name) {
        Value value = rendering.scope.find(name);
        return value != null ? value : Functions.named(name).<Value>map(f -> f).orElse(Value.UNDEFINED);
    }

    private Value binary(Expression.Binary binary) {
        Value left = evaluate(binary.left());
        switch (binary.operator()) {
            case AND -> {
                return left.isTrue() ? evaluate(binary.right()) : left;
            }
            case OR -> {
                return left.isTrue() ? left : evaluate(binary.right());
            }
            default -> {
                return operate(binary.operator(), left, evaluate(binary.right()));
            }
        }
    }

    private Value operate(Expression.Operator operator, Value left, Value right) {
        Operators operators = rendering.operators();
        Order order = rendering.order();
        return switch (operator) {
            case EQUAL -> Value.of(order.equal(left, right));
            case UNEQUAL -> Value.of(!order.equal(left, right));
            case LESS -> Value.of(order.compare(left, right) < 0);
            case LESS_EQUAL -> Value.of(order.compare(left, right) <= 0);
            case GREATER -> Value.of(order.compare(left, right) > 0);
            case GREATER_EQUAL -> Value.of(order.compare(left, right) >= 0);
            case IN -> Value.of(operators.contains(right, left));
            case ADD -> operators.add(left, right);
            case SUBTRACT -> operators.subtract(left, right);
            case CONCATENATE -> operators.concatenate(left, right);
            case MULTIPLY -> operators.multiply(left, right);
            case DIVIDE -> operators.divide(left, right);
            case FLOOR_DIVIDE -> operators.floorDivide(left, right);
            case MODULO -> operators.remainder(left, right);
            case POWER -> operators.power(left, right);
            case AND, OR -> throw new IllegalStateException("operator decided before its right side: " + operator);
        };
    }

    private Value filter(Expression.Filter filter) {
        Value input = evaluate(filter.input());
        Arguments arguments = calls.arguments(filter.arguments());
        return Builtins.filter(filter.name())
                .orElseThrow(() -> TemplateException.unknown("filter", "filter " + filter.name() + " is unknown"))
                .apply(rendering, input, arguments);
    }

    private Value test(Expression.Test test) {
        Value input = evaluate(test.input());
        Arguments arguments = calls.arguments(test.arguments());
        return Value.of(Builtins.test(test.name())
                .orElseThrow(() -> TemplateException.unknown("test", "test " + test.name() + " is unknown"))
                .holds(rendering, input, arguments));
    }

    private List<Value> all(List<Expression> expressions) {
        rendering.budget().allocate(8L * expressions.size());
        var values = new ArrayList<Value>(expressions.size());
        for (Expression expression : expressions) {
            values.add(evaluate(expression));
        }
        return values;
    }

    private Value map(Expression.MapOf map) {
        rendering.budget().allocate(64L * map.keys().size());
        var result = MapValue.create(rendering.order());
        for (int i = 0; i < map.keys().size(); i++) {
            Value key = evaluate(map.keys().get(i));
            result.put(key, evaluate(map.values().get(i)));
        }
        return result;
    }
}
