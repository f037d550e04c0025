package dev.tinysse.lua.syntax;

import dev.tinysse.lua.operation.Arithmetic;
import dev.tinysse.lua.operation.Bitwise;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import org.luaj.vm2.LuaValue;

/** Computes operators with constant numbers before the program runs: as PUC Lua does it, but for what may fail, NaN and 0.0. */
final class Folding {

    /** Numbers have no metamethods. */
    private static final LuaRuntime NONE = null;

    private Folding() {}

    /** {@code left operator right}, as a constant if it can be. */
    static Expression binary(BinaryOperator operator, Expression left, Expression right, int line) {
        LuaValue a = number(left);
        LuaValue b = number(right);
        LuaValue result = a == null || b == null ? null : compute(operator, a, b);
        return result == null || !isSafe(result)
                ? new Expression.Binary(operator, left, right, line)
                : new Expression.Constant(result);
    }

    /** {@code operator operand}, as a constant if it can be. */
    static Expression unary(UnaryOperator operator, Expression operand, int line) {
        LuaValue number = number(operand);
        LuaValue result = number == null ? null : switch (operator) {
            case NEGATE -> Arithmetic.negate(NONE, number);
            case BIT_NOT -> isWhole(number) ? Bitwise.not(NONE, number) : null;
            case LENGTH -> null;
        };
        return result == null || !isSafe(result)
                ? new Expression.Unary(operator, operand, line)
                : new Expression.Constant(result);
    }

    private static LuaValue number(Expression expression) {
        return expression instanceof Expression.Constant(LuaValue value) && value.type() == LuaValue.TNUMBER
                ? value
                : null;
    }

    private static LuaValue compute(BinaryOperator operator, LuaValue a, LuaValue b) {
        boolean whole = isWhole(a) && isWhole(b);
        boolean divides = b.todouble() != 0;
        return switch (operator) {
            case ADD -> Arithmetic.add(NONE, a, b);
            case SUBTRACT -> Arithmetic.subtract(NONE, a, b);
            case MULTIPLY -> Arithmetic.multiply(NONE, a, b);
            case POWER -> Arithmetic.power(NONE, a, b);
            case DIVIDE -> divides ? Arithmetic.divide(NONE, a, b) : null;
            case FLOOR_DIVIDE -> divides ? Arithmetic.floorDivide(NONE, a, b) : null;
            case MODULO -> divides ? Arithmetic.modulo(NONE, a, b) : null;
            case BIT_AND -> whole ? Bitwise.and(NONE, a, b) : null;
            case BIT_OR -> whole ? Bitwise.or(NONE, a, b) : null;
            case BIT_XOR -> whole ? Bitwise.xor(NONE, a, b) : null;
            case SHIFT_LEFT -> whole ? Bitwise.shiftLeft(NONE, a, b) : null;
            case SHIFT_RIGHT -> whole ? Bitwise.shiftRight(NONE, a, b) : null;
            default -> null;
        };
    }

    private static boolean isWhole(LuaValue number) {
        return number instanceof LuaInteger || number instanceof LuaFloat f && f.hasInteger();
    }

    /** 0.0 has two signs, and constants are found by their value. */
    private static boolean isSafe(LuaValue result) {
        return !(result instanceof LuaFloat f) || f.value != 0 && !Double.isNaN(f.value);
    }
}
