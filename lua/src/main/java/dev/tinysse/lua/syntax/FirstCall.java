package dev.tinysse.lua.syntax;

import java.util.List;

/**
 * Where a function must have taken its room on the stack: before the first of its statements that may call another
 * function. On a way that ends earlier it need not count at all. Metamethods count for the function whose operator calls
 * them, and a call in tail position takes the room of its caller.
 */
public final class FirstCall {

    /** A function with more variables could take more than is counted for an operator. */
    private static final int MAX_VARIABLES = 50;

    private final boolean first;
    private final Statement statement;

    private FirstCall(boolean first, Statement statement) {
        this.first = first;
        this.statement = statement;
    }

    /** The place in {@code function}. */
    public static FirstCall of(FunctionBody function) {
        List<Statement> statements = Statement.Block.of(function).statements();
        // a jump back must not take room once more
        boolean first = function.locals().size() > MAX_VARIABLES
                || statements.stream().anyMatch(Statement.LabelStatement.class::isInstance);
        return new FirstCall(first,
                first ? null : statements.stream().filter(FirstCall::calls).findFirst().orElse(null));
    }

    /** Whether it is before all statements. */
    public boolean isFirst() {
        return first;
    }

    /** Whether it is before {@code other}. */
    public boolean isBefore(Statement other) {
        return statement == other;
    }

    private static boolean calls(Statement statement) {
        Search search = new Search();
        search.statement(statement);
        return search.found;
    }

    private static final class Search extends TreeWalker {

        private boolean found;

        @Override
        protected void function(FunctionBody inner) {
            found |= inner.isPart();
        }

        @Override
        protected void statement(Statement statement) {
            switch (statement) {
                case Statement.GenericFor _ -> found = true;
                case Statement.Local local -> found |= local.variables().stream()
                        .anyMatch(variable -> variable.attribute() == LocalVariable.Attribute.CLOSE);
                case Statement.Return(List<Expression> values, int _) when values.size() == 1 -> {
                    operands(values.getFirst());
                    return;
                }
                default -> {
                }
            }
            super.statement(statement);
        }

        @Override
        protected void expression(Expression expression) {
            found |= expression instanceof Expression.Call || expression instanceof Expression.MethodCall;
            super.expression(expression);
        }

        /** The operands that are computed before the call, if it is one in tail position. */
        private void operands(Expression value) {
            switch (value) {
                case Expression.Call _,Expression.MethodCall _ -> super.expression(value);
                default -> expression(value);
            }
        }
    }
}
