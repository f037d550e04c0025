package dev.tinysse.lua.syntax;

import dev.tinysse.lua.syntax.Statement.Block;
import java.util.List;

/** Makes parts of a function: pieces that are functions for the JVM, because its methods have a size limit. */
final class Outlining {

    private final FunctionBody function;
    private final boolean inspectable;

    /** @param inspectable whether {@code debug} can tell which functions share a variable */
    Outlining(FunctionBody function, boolean inspectable) {
        this.function = function;
        this.inspectable = inspectable;
    }

    /** The value of {@code expression}, computed by a part. */
    Expression expression(Expression expression, int line) {
        return new Expression.Part(
                part(List.of(), List.of(new Statement.Return(List.of(new Expression.Parenthesized(expression)), line)),
                        line, false),
                line);
    }

    /** A part with the effect of {@code statements}. Nothing behind them sees their variables or labels. */
    Statement statements(List<Statement> statements, int line) {
        return new Statement.Part(part(List.of(), statements, line, true), line);
    }

    /** A part that sets fields of the table it is given, positional ones from {@code first} on. */
    FunctionBody fields(Expression.TableConstructor fields, int first) {
        LocalVariable table = new LocalVariable("(table)", LocalVariable.Attribute.NONE, function);
        table.declare(null);
        return part(List.of(table), List.of(new Statement.Fields(table, first, fields)), fields.line(), true);
    }

    private FunctionBody part(List<LocalVariable> parameters, List<Statement> content, int line, boolean control) {
        Usage usage = new Usage();
        content.forEach(usage::statement);
        usage.declared().addAll(parameters);
        FunctionBody part = new FunctionBody(function, line, control && usage.returns(), usage.exits());
        part.parameters().addAll(parameters);
        part.vararg(usage.dots());
        part.end(new Block(content), line);
        for (LocalVariable variable : usage.free()) {
            variable.capture(inspectable);
            part.upvalues().add(variable);
        }
        usage.declared().forEach(variable -> variable.move(part));
        function.locals().removeAll(usage.declared());
        part.locals().addAll(usage.declared());
        return part;
    }
}
