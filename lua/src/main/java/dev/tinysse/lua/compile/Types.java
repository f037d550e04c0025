package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.BinaryOperator;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.UnaryOperator;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the variables of a function that only ever hold integers, or only floats, so that they can be primitive. It
 * begins with all of them unknown and lowers that until nothing changes.
 */
final class Types {

    private final FunctionBody body;
    private final Map<LocalVariable, Kind> kinds = new HashMap<>();

    Types(FunctionBody body) {
        this.body = body;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (LocalVariable variable : body.locals()) {
                Kind kind = joined(variable);
                if (kind != null && kind != kinds.put(variable, kind)) {
                    changed = true;
                }
            }
        }
    }

    /** The common type of all assignments; null as long as nothing is known. */
    private Kind joined(LocalVariable variable) {
        if (Expression.assignedTo(variable) == null || variable.shared()
                || variable.attribute() == LocalVariable.Attribute.CLOSE) {
            return Kind.VALUE;
        }
        Kind joined = null;
        for (Expression value : Expression.assignedTo(variable)) {
            Kind kind = inferred(value);
            if (joined == null) {
                joined = kind;
            } else if (kind != null && kind != joined) {
                return Kind.VALUE;
            }
        }
        return joined;
    }

    /** The kind of a variable of this function. */
    Kind of(LocalVariable variable) {
        Kind kind = variable.owner() == body ? kinds.get(variable) : Kind.VALUE;
        return kind == null ? Kind.VALUE : kind;
    }

    /** The kind of an expression in this function. */
    Kind of(Expression expression) {
        Kind kind = inferred(expression);
        return kind == null ? Kind.VALUE : kind;
    }

    /** The same, null for what is not known yet. */
    private Kind inferred(Expression expression) {
        return switch (expression) {
            case Expression.Constant(LuaInteger _) -> Kind.LONG;
            case Expression.Constant(LuaFloat _) -> Kind.DOUBLE;
            case Expression.Variable(LocalVariable variable) ->
                variable.owner() == body ? kinds.get(variable) : Kind.VALUE;
            case Expression.Parenthesized(Expression inner) -> inferred(inner);
            case Expression.Unary(UnaryOperator operator, Expression operand, int _) ->
                unary(operator, inferred(operand));
            case Expression.Binary(BinaryOperator operator, Expression left, Expression right, int _) ->
                binary(operator, inferred(left), inferred(right));
            default -> Kind.VALUE;
        };
    }

    private static Kind unary(UnaryOperator operator, Kind operand) {
        return switch (operator) {
            case NEGATE -> operand;
            case BIT_NOT -> operand == Kind.DOUBLE ? Kind.VALUE : operand;
            case LENGTH -> Kind.VALUE;
        };
    }

    private static Kind binary(BinaryOperator operator, Kind left, Kind right) {
        if (left == Kind.VALUE || right == Kind.VALUE) {
            return Kind.VALUE;
        }
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY, FLOOR_DIVIDE, MODULO -> {
                if (left == Kind.DOUBLE || right == Kind.DOUBLE) {
                    yield Kind.DOUBLE;
                }
                yield left == null ? right : left;
            }
            case DIVIDE, POWER -> Kind.DOUBLE;
            case BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT -> {
                boolean integers = left != Kind.DOUBLE && right != Kind.DOUBLE;
                yield integers ? Kind.LONG : Kind.VALUE;
            }
            default -> Kind.VALUE;
        };
    }
}
