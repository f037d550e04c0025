package dev.tinysse.jinja;

import java.util.List;

/** The tree of an expression. Every node knows the line in which it starts. */
sealed interface Expression {

    int line();

    enum Operator {
        OR, AND, EQUAL, UNEQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, IN, ADD, SUBTRACT, CONCATENATE, MULTIPLY, DIVIDE, FLOOR_DIVIDE, MODULO, POWER
    }

    record Literal(Value value, int line) implements Expression {}

    record Name(String name, int line) implements Expression {}

    /** The text of the block that a filter is applied to. */
    record Captured(int line) implements Expression {}

    record Attribute(Expression target, String name, int line) implements Expression {}

    record Item(Expression target, Expression key, int line) implements Expression {}

    record Slice(Expression target, Expression start, Expression stop, Expression step, int line)
            implements
                Expression {}

    record Not(Expression operand, int line) implements Expression {}

    record Negate(Expression operand, int line) implements Expression {}

    record Binary(Operator operator, Expression left, Expression right, int line) implements Expression {}

    record Conditional(Expression test, Expression then, Expression otherwise, int line) implements Expression {}

    record Filter(String name, Expression input, List<Argument> arguments, int line) implements Expression {}

    record Test(String name, Expression input, List<Argument> arguments, int line) implements Expression {}

    record Call(Expression target, List<Argument> arguments, int line) implements Expression {}

    record ListOf(List<Expression> items, int line) implements Expression {}

    record MapOf(List<Expression> keys, List<Expression> values, int line) implements Expression {}

    /** The arguments of a call. */
    sealed interface Argument {

        Expression value();

        record Positional(Expression value) implements Argument {}

        record Named(String name, Expression value) implements Argument {}

        /** {@code *value} */
        record Spread(Expression value) implements Argument {}

        /** {@code **value} */
        record NamedSpread(Expression value) implements Argument {}
    }
}
