package dev.tinysse.lua.syntax;

import java.util.List;

/** Finds the line that a piece of a function speaks of first. */
final class Lines extends TreeWalker {

    private int first;

    private Lines() {}

    /** The line that {@code statements} speak of first; {@code otherwise} if none of them knows its line. */
    static int first(List<Statement> statements, int otherwise) {
        Lines lines = new Lines();
        for (int i = 0; i < statements.size() && lines.first == 0; i++) {
            lines.statement(statements.get(i));
        }
        return lines.first == 0 ? otherwise : lines.first;
    }

    private void found(int line) {
        first = first == 0 ? line : first;
    }

    @Override
    protected void function(FunctionBody inner) {
        found(inner.line());
    }

    @Override
    protected void statement(Statement statement) {
        switch (statement) {
            case Statement.Local local -> found(local.line());
            case Statement.Assignment assignment -> found(assignment.line());
            case Statement.While loop -> found(loop.line());
            case Statement.Repeat loop -> found(loop.line());
            case Statement.Goto jump -> found(jump.line());
            case Statement.NumericFor loop -> found(loop.line());
            case Statement.GenericFor loop -> found(loop.line());
            case Statement.Return(var _, int line) -> found(line);
            default -> {
            }
        }
        if (first == 0) {
            super.statement(statement);
        }
    }

    @Override
    protected void expression(Expression expression) {
        switch (expression) {
            case Expression.Call call -> found(call.line());
            case Expression.MethodCall call -> found(call.line());
            case Expression.Index index -> found(index.line());
            case Expression.Binary binary -> found(binary.line());
            default -> super.expression(expression);
        }
    }
}
