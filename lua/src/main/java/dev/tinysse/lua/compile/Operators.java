package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.BinaryOperator;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.UnaryOperator;
import java.lang.classfile.CodeBuilder;

/** Code for arithmetic and bitwise operators and the length. */
final class Operators {

    private final Emitter emitter;
    private final ValueCode expressions;

    public Operators(Emitter emitter, ValueCode expressions) {
        this.emitter = emitter;
        this.expressions = expressions;
    }

    Kind unary(Expression.Unary unary) {
        Kind kind = emitter.types.of(unary);
        if (kind == Kind.VALUE) {
            emitter.runtime();
            expressions.value(unary.operand());
            emitter.operator(unary.line(), event(unary.operator()), expressions.describe(unary.operand()));
            switch (unary.operator()) {
                case NEGATE -> emitter.call(Names.ARITHMETIC, "negate", "RVV");
                case BIT_NOT -> emitter.call(Names.BITWISE, "not", "RVV");
                case LENGTH -> emitter.call(Names.INDEXING, "length", "RVV");
            }
            return kind;
        }
        expressions.push(unary.operand());
        switch (unary.operator()) {
            case NEGATE -> {
                if (kind == Kind.LONG) {
                    emitter.code.lneg();
                } else {
                    emitter.code.dneg();
                }
            }
            case BIT_NOT -> {
                emitter.code.loadConstant(-1L);
                emitter.code.lxor();
            }
            case LENGTH -> throw new IllegalStateException("a number has no length");
        }
        return kind;
    }

    Kind binary(Expression.Binary binary) {
        Kind left = emitter.types.of(binary.left());
        Kind right = emitter.types.of(binary.right());
        if (left.isPrimitive() && right.isPrimitive() && emitter.types.of(binary).isPrimitive()) {
            return primitive(binary);
        }
        if (left.isPrimitive() != right.isPrimitive() && isMixed(binary.operator(), right)) {
            mixed(binary, left, right);
        } else {
            general(binary);
        }
        return Kind.VALUE;
    }

    /** Whether {@link dev.tinysse.lua.runtime.NumberOperators} has a method for one primitive operand. */
    private static boolean isMixed(BinaryOperator operator, Kind right) {
        return switch (operator) {
            case ADD, SUBTRACT, MULTIPLY -> true;
            case DIVIDE -> right.isPrimitive();
            case MODULO, FLOOR_DIVIDE -> right == Kind.LONG;
            default -> false;
        };
    }

    private void mixed(Expression.Binary binary, Kind left, Kind right) {
        emitter.runtime();
        expressions.push(binary.left());
        expressions.push(binary.right());
        site(binary);
        emitter.call(Names.NUMBER_OPERATORS, name(binary.operator()), "R" + letter(left) + letter(right) + "V");
    }

    private void general(Expression.Binary binary) {
        emitter.runtime();
        expressions.value(binary.left());
        expressions.value(binary.right());
        site(binary);
        boolean bitwise = switch (binary.operator()) {
            case BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT -> true;
            default -> false;
        };
        emitter.call(bitwise ? Names.BITWISE : Names.ARITHMETIC, name(binary.operator()), "RVVV");
    }

    private void site(Expression.Binary binary) {
        emitter.operator(binary.line(), event(binary.operator()), operand(binary.left()), operand(binary.right()));
    }

    private String operand(Expression expression) {
        return emitter.types.of(expression).isPrimitive() && expression instanceof Expression.Constant
                ? ""
                : expressions.describe(expression);
    }

    private static String event(UnaryOperator operator) {
        return switch (operator) {
            case NEGATE -> "unm";
            case BIT_NOT -> "bnot";
            case LENGTH -> "len";
        };
    }

    private static String event(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "div";
            case MODULO -> "mod";
            case FLOOR_DIVIDE -> "idiv";
            case POWER -> "pow";
            case BIT_AND -> "band";
            case BIT_OR -> "bor";
            case BIT_XOR -> "bxor";
            case SHIFT_LEFT -> "shl";
            case SHIFT_RIGHT -> "shr";
            default -> "";
        };
    }

    static String letter(Kind kind) {
        return switch (kind) {
            case LONG -> "J";
            case DOUBLE -> "D";
            case VALUE -> "V";
        };
    }

    private static String name(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "add";
            case SUBTRACT -> "subtract";
            case MULTIPLY -> "multiply";
            case DIVIDE -> "divide";
            case MODULO -> "modulo";
            case FLOOR_DIVIDE -> "floorDivide";
            case POWER -> "power";
            case BIT_AND -> "and";
            case BIT_OR -> "or";
            case BIT_XOR -> "xor";
            case SHIFT_LEFT -> "shiftLeft";
            case SHIFT_RIGHT -> "shiftRight";
            default -> throw new IllegalStateException(operator + " is not arithmetic");
        };
    }

    private Kind primitive(Expression.Binary binary) {
        Kind result = emitter.types.of(binary);
        expressions.push(binary.left(), result);
        expressions.push(binary.right(), result);
        emitter.site(binary.line());
        if (result == Kind.LONG) {
            integers(binary.operator());
        } else {
            floats(binary.operator());
        }
        return result;
    }

    private void integers(BinaryOperator operator) {
        CodeBuilder code = emitter.code;
        switch (operator) {
            case ADD -> code.ladd();
            case SUBTRACT -> code.lsub();
            case MULTIPLY -> code.lmul();
            case BIT_AND -> code.land();
            case BIT_OR -> code.lor();
            case BIT_XOR -> code.lxor();
            case SHIFT_LEFT, SHIFT_RIGHT -> emitter.call(Names.BITWISE, name(operator), "JJJ");
            default -> emitter.call(Names.ARITHMETIC, name(operator), "JJJ");
        }
    }

    private void floats(BinaryOperator operator) {
        CodeBuilder code = emitter.code;
        switch (operator) {
            case ADD -> code.dadd();
            case SUBTRACT -> code.dsub();
            case MULTIPLY -> code.dmul();
            case DIVIDE -> code.ddiv();
            default -> emitter.call(Names.ARITHMETIC, name(operator), "DDD");
        }
    }
}
