package dev.tinysse.lua.syntax;

import dev.tinysse.lua.syntax.Statement.Block;
import java.util.ArrayList;
import java.util.List;

/** Makes a function small enough for a method of the JVM, by parts. Nobody must have compiled it or its parts. */
public final class Splitter {

    /** The weight of what makes a part. */
    private static final int MAX_WEIGHT = 1000;
    /** The weight from which on something that has to get smaller is taken out. */
    private static final int SMALL = 100;
    /** The weight of a statement that no part could hold. */
    private static final int HOPELESS = 3 * MAX_WEIGHT;

    private final Outlining outlining;
    private final ExpressionSplitter expressions;
    private int line;

    private Splitter(FunctionBody body, boolean inspectable) {
        this.outlining = new Outlining(body, inspectable);
        this.expressions = new ExpressionSplitter(outlining, SMALL, MAX_WEIGHT);
        this.line = body.line();
    }

    /**
     * Splits what is in a function.
     *
     * @param inspectable whether {@code debug} can tell which functions share a variable
     */
    public static void split(FunctionBody body, boolean inspectable) {
        body.end(new Splitter(body, inspectable).block(Block.of(body)), body.lastLine());
    }

    private Block block(Block block) {
        List<Statement> list = new ArrayList<>();
        for (Statement statement : block.statements()) {
            list.add(statement(statement));
        }
        int weight = Weight.of(list);
        int before = Integer.MAX_VALUE;
        while (weight > MAX_WEIGHT && weight < before) {
            list = grouped(list);
            before = weight;
            weight = Weight.of(list);
        }
        return new Block(list);
    }

    /** The same statements, with runs of those that declare nothing in parts. */
    private List<Statement> grouped(List<Statement> list) {
        List<Statement> groups = new ArrayList<>();
        List<Statement> run = new ArrayList<>();
        int weight = 0;
        for (Statement statement : list) {
            int more = Weight.of(statement);
            if (weight + more > MAX_WEIGHT || !isPlain(statement)) {
                flush(run, groups);
                weight = 0;
            }
            if (isPlain(statement)) {
                run.add(statement);
                weight += more;
            } else {
                groups.add(statement);
            }
        }
        flush(run, groups);
        return groups;
    }

    private void flush(List<Statement> run, List<Statement> groups) {
        if (!run.isEmpty()) {
            int weight = Weight.of(run);
            boolean stays = run.size() == 1 && (weight <= SMALL || weight > HOPELESS);
            groups.add(stays ? run.getFirst() : outlining.statements(List.copyOf(run), Lines.first(run, line)));
            run.clear();
        }
    }

    /** Whether nothing behind the statement sees what is in it. */
    private static boolean isPlain(Statement statement) {
        return switch (statement) {
            case Statement.Local _,Statement.LocalFunction _,Statement.LabelStatement _ -> false;
            case Statement.Do(Block block) -> block.statements().stream().noneMatch(Splitter::hasLabel);
            default -> true;
        };
    }

    private static boolean hasLabel(Statement statement) {
        return statement instanceof Statement.LabelStatement
                || statement instanceof Statement.Do(Block block)
                        && block.statements().stream().anyMatch(Splitter::hasLabel);
    }

    private Statement statement(Statement statement) {
        line = Lines.first(List.of(statement), line);
        expressions.line(line);
        if (Weight.of(statement) <= SMALL) {
            return statement;
        }
        return switch (statement) {
            case Statement.Local(var variables, var values, int at) ->
                new Statement.Local(variables, expressions.list(values), at);
            case Statement.Assignment(var targets, var values, int at) -> new Statement.Assignment(
                    targets.stream().map(expressions::inside).toList(), expressions.list(values), at);
            case Statement.CallStatement(Expression call) -> new Statement.CallStatement(expressions.inside(call));
            case Statement.Return(var values, int at) -> new Statement.Return(expressions.list(values), at);
            case Statement.Do(Block block) -> new Statement.Do(block(block));
            case Statement.While loop -> new Statement.While(expressions.single(loop.condition()), block(loop.block()),
                    loop.exit(), loop.line());
            case Statement.Repeat loop -> new Statement.Repeat(block(loop.block()),
                    expressions.single(loop.condition()), loop.exit(), loop.line());
            case Statement.NumericFor loop -> new Statement.NumericFor(loop.variable(),
                    expressions.single(loop.start()), expressions.single(loop.limit()),
                    loop.step() == null ? null : expressions.single(loop.step()), block(loop.block()), loop.exit(),
                    loop.line());
            case Statement.GenericFor loop -> new Statement.GenericFor(loop.variables(),
                    expressions.list(loop.values()), block(loop.block()), loop.exit(), loop.line());
            case Statement.If choice -> choice(choice);
            default -> statement;
        };
    }

    private Statement choice(Statement.If choice) {
        List<Expression> conditions = choice.conditions().stream().map(expressions::single).toList();
        List<Block> blocks = choice.blocks().stream().map(this::block).toList();
        Block otherwise = choice.otherwise() == null ? null : block(choice.otherwise());
        Statement.If smaller = new Statement.If(conditions, blocks, otherwise);
        if (Weight.of(smaller) <= MAX_WEIGHT) {
            return smaller;
        }
        return chain(conditions, blocks.stream().map(this::outlined).toList(),
                otherwise == null ? null : outlined(otherwise));
    }

    private Block outlined(Block block) {
        return Weight.of(block.statements()) <= SMALL
                ? block
                : new Block(List.of(outlining.statements(block.statements(), Lines.first(block.statements(), line))));
    }

    /** A chain of choices whose later ones are parts, each within the one before. */
    private Statement.If chain(List<Expression> conditions, List<Block> blocks, Block otherwise) {
        Block rest = otherwise;
        int end = conditions.size();
        int weight = 0;
        for (int i = end - 1; i > 0; i--) {
            weight += Weight.of(conditions.get(i)) + Weight.of(blocks.get(i).statements());
            if (weight > MAX_WEIGHT - SMALL) {
                rest = outlined(new Block(
                        List.of(new Statement.If(conditions.subList(i, end), blocks.subList(i, end), rest))));
                end = i;
                weight = 0;
            }
        }
        return new Statement.If(conditions.subList(0, end), blocks.subList(0, end), rest);
    }
}
