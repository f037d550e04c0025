package dev.tinysse.lua.syntax;

import java.util.List;

/** A statement of the source. */
public sealed interface Statement {

    /** Statements with a scope of their own. */
    record Block(List<Statement> statements) implements FunctionBody.Code {
        /** The statements of a function. */
        public static Block of(FunctionBody function) {
            return (Block) function.code();
        }
    }

    /**
     * {@code local a, b = …}
     *
     * @param line where it ends
     */
    record Local(List<LocalVariable> variables, List<Expression> values, int line) implements Statement {}

    /** {@code local function name …} */
    record LocalFunction(LocalVariable variable, FunctionBody body) implements Statement {}

    /**
     * {@code a, b = …} and {@code function a.b …}; targets are variables or indexed.
     *
     * @param line where it ends, or where {@code function} is
     */
    record Assignment(List<Expression> targets, List<Expression> values, int line) implements Statement {}

    /** A call or method call whose results nobody wants. */
    record CallStatement(Expression call) implements Statement {}

    /** {@code do … end} */
    record Do(Block block) implements Statement {}

    /** {@code while condition do … end} */
    record While(Expression condition, Block block, Label exit, int line) implements Statement {}

    /** {@code repeat … until condition}; the condition sees the block's variables. */
    record Repeat(Block block, Expression condition, Label exit, int line) implements Statement {}

    /**
     * {@code if … elseif … else … end}
     *
     * @param otherwise null if there is no {@code else}
     */
    record If(List<Expression> conditions, List<Block> blocks, Block otherwise) implements Statement {}

    /**
     * {@code for variable = start, limit, step do … end}
     *
     * @param step null if it is not given
     * @param line where the head ends
     */
    record NumericFor(LocalVariable variable, Expression start, Expression limit, Expression step, Block block,
            Label exit, int line) implements Statement {}

    /** {@code for variables in values do … end} */
    record GenericFor(List<LocalVariable> variables, List<Expression> values, Block block, Label exit,
            int line) implements Statement {

        /** Whether these values may have a fourth, which is closed behind the loop. */
        public static boolean closes(List<Expression> values) {
            return values.size() > 3 || values.getLast().isMulti();
        }
    }

    /**
     * {@code return …}
     *
     * @param line where it ends
     */
    record Return(List<Expression> values, int line) implements Statement {}

    /** Statements that are a part of their function, see {@link Splitter}. */
    record Part(FunctionBody body, int line) implements Statement {}

    /**
     * The only statement of a part that fills some fields of a long table constructor.
     *
     * @param table the parameter that is the table
     * @param first the index of the first positional value
     */
    record Fields(LocalVariable table, int first, Expression.TableConstructor fields) implements Statement {}

    /** {@code goto} and {@code break}. */
    final class Goto implements Statement {

        private final int line;
        private Label target;

        Goto(int line) {
            this.line = line;
        }

        /** Its line. */
        public int line() {
            return line;
        }

        /** Where it leads. */
        public Label target() {
            return target;
        }

        void target(Label found) {
            target = found;
        }
    }

    /** {@code ::name::} */
    record LabelStatement(Label label) implements Statement {}
}
