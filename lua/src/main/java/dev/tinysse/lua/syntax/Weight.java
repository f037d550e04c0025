package dev.tinysse.lua.syntax;

import java.util.List;

/** Estimates how much room compiled code takes: something between five and twenty bytes for each unit. */
final class Weight extends TreeWalker {

    private static final int FUNCTION = 3;
    private static final int UPVALUES_PER_UNIT = 4;
    private static final int LOOP = 10;

    private int sum;

    private Weight() {}

    static int of(Expression expression) {
        Weight weight = new Weight();
        weight.expression(expression);
        return weight.sum;
    }

    static int of(Statement statement) {
        Weight weight = new Weight();
        weight.statement(statement);
        return weight.sum;
    }

    static int of(List<Statement> statements) {
        return statements.stream().mapToInt(Weight::of).sum();
    }

    @Override
    protected void function(FunctionBody inner) {
        sum += FUNCTION + inner.upvalues().size() / UPVALUES_PER_UNIT + FUNCTION * inner.exits().size();
    }

    @Override
    protected void statement(Statement statement) {
        sum += switch (statement) {
            case Statement.NumericFor _,Statement.GenericFor _ -> LOOP;
            case Statement.Local local -> 1 + local.variables().size();
            default -> 1;
        };
        super.statement(statement);
    }

    @Override
    protected void expression(Expression expression) {
        sum++;
        super.expression(expression);
    }
}
