package dev.tinysse.lua.syntax;

import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** An expression of the source, variables resolved. */
public sealed interface Expression extends LocalVariable.Assigned {

    /** All expressions whose single value a variable may hold; null if it may hold others. */
    @SuppressWarnings("unchecked") // nothing else is assigned to a variable
    static List<Expression> assignedTo(LocalVariable variable) {
        return (List<Expression>) (List<?>) variable.assigned();
    }

    /** Whether it may give any number of values where it stands last in a list. */
    default boolean isMulti() {
        return false;
    }

    /** nil, true, false, a number or a string. */
    record Constant(LuaValue value) implements Expression {}

    /** {@code ...} */
    record Dots() implements Expression {
        @Override
        public boolean isMulti() {
            return true;
        }
    }

    /** A local variable of this function or of one around it. */
    record Variable(LocalVariable variable) implements Expression {}

    /**
     * {@code object[key]}, {@code object.key} and globals.
     *
     * @param line where the value is wanted
     */
    record Index(Expression object, Expression key, int line) implements Expression {}

    /** {@code function(arguments)} */
    record Call(Expression function, List<Expression> arguments, int line) implements Expression {
        @Override
        public boolean isMulti() {
            return true;
        }
    }

    /** {@code object:name(arguments)} */
    record MethodCall(Expression object, LuaString name, List<Expression> arguments, int line) implements Expression {
        @Override
        public boolean isMulti() {
            return true;
        }
    }

    /** {@code function … end} */
    record Function(FunctionBody body) implements Expression {}

    /** The single value that a part of the function gives, see {@link Splitter}. */
    record Part(FunctionBody body, int line) implements Expression {}

    /** An operator with two operands, but {@code and} and {@code or}. */
    record Binary(BinaryOperator operator, Expression left, Expression right, int line) implements Expression {}

    /** An operator with one operand, but {@code not}. */
    record Unary(UnaryOperator operator, Expression operand, int line) implements Expression {}

    /** {@code not operand} */
    record Not(Expression operand) implements Expression {}

    /** {@code left and right} */
    record And(Expression left, Expression right) implements Expression {}

    /** {@code left or right} */
    record Or(Expression left, Expression right) implements Expression {}

    /** {@code (inner)}: one value. */
    record Parenthesized(Expression inner) implements Expression {}

    /**
     * A table constructor.
     *
     * @param parts parts of the function that set the fields behind these, see {@link Statement.Fields}
     */
    record TableConstructor(List<Field> fields, List<FunctionBody> parts, int line) implements Expression {}

    /**
     * A field of a table constructor.
     *
     * @param key null for a positional one
     * @param line where it ends
     */
    record Field(Expression key, Expression value, int line) {
        /** Whether it has no key. */
        public boolean isPositional() {
            return key == null;
        }
    }
}
