package dev.tinysse.lua.syntax;

/** The operators with two operands and how strongly they bind to the left and right (reference manual §3.4.8). */
public enum BinaryOperator {
    OR(1, 1), AND(2, 2), LESS(3, 3), GREATER(3, 3), LESS_EQUAL(3, 3), GREATER_EQUAL(3, 3), EQUAL(3, 3), NOT_EQUAL(3,
            3), BIT_OR(4, 4), BIT_XOR(5, 5), BIT_AND(6, 6), SHIFT_LEFT(7, 7), SHIFT_RIGHT(7,
                    7), CONCAT(9, 8), ADD(10, 10), SUBTRACT(10,
                            10), MULTIPLY(11, 11), DIVIDE(11, 11), FLOOR_DIVIDE(11, 11), MODULO(11, 11), POWER(14, 13);

    /** How strongly the operators with one operand bind. */
    static final int UNARY = 12;

    final int left;
    final int right;

    BinaryOperator(int left, int right) {
        this.left = left;
        this.right = right;
    }

    /** The operator that {@code token} is; null if it is none. */
    static BinaryOperator of(Token token) {
        return switch (token) {
            case OR -> OR;
            case AND -> AND;
            case LESS -> LESS;
            case GREATER -> GREATER;
            case LESS_EQUAL -> LESS_EQUAL;
            case GREATER_EQUAL -> GREATER_EQUAL;
            case EQUAL -> EQUAL;
            case NOT_EQUAL -> NOT_EQUAL;
            case BAR -> BIT_OR;
            case TILDE -> BIT_XOR;
            case AMPERSAND -> BIT_AND;
            case SHIFT_LEFT -> SHIFT_LEFT;
            case SHIFT_RIGHT -> SHIFT_RIGHT;
            case CONCAT -> CONCAT;
            case PLUS -> ADD;
            case MINUS -> SUBTRACT;
            case STAR -> MULTIPLY;
            case SLASH -> DIVIDE;
            case FLOOR_DIVIDE -> FLOOR_DIVIDE;
            case PERCENT -> MODULO;
            case CARET -> POWER;
            default -> null;
        };
    }
}
