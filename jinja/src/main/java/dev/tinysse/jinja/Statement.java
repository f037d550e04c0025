package dev.tinysse.jinja;

import java.util.List;
import java.util.Optional;

/** The tree of a template. Every node knows the line in which it starts. */
sealed interface Statement {

    int line();

    record Text(String text, int line) implements Statement {}

    record Print(Expression value, int line) implements Statement {}

    record If(List<Branch> branches, List<Statement> otherwise, int line) implements Statement {}

    /** A condition of an {@link If} and what is done where it holds. */
    record Branch(Expression test, List<Statement> body) {}

    record For(Target target, Expression iterable, Optional<Expression> filter, boolean recursive,
            List<Statement> body, List<Statement> otherwise, int line) implements Statement {}

    record With(List<Assignment> assignments, List<Statement> body, int line) implements Statement {}

    record Set(Assignment assignment, int line) implements Statement {}

    /** Sets a name to the text of a body, or to what filters make of it. */
    record SetBlock(Target target, Optional<Expression> filters, List<Statement> body, int line) implements Statement {}

    record Autoescaped(Expression mode, List<Statement> body, int line) implements Statement {}

    record Filtered(Expression filters, List<Statement> body, int line) implements Statement {}

    record Block(String name, List<Statement> body, int line) implements Statement {}

    record Extends(Expression name, int line) implements Statement {}

    record Include(Expression name, boolean ignoreMissing, int line) implements Statement {}

    record Import(Expression name, String alias, int line) implements Statement {}

    record FromImport(Expression name, List<Imported> names, int line) implements Statement {}

    record Imported(String name, String alias) {}

    record DefineMacro(MacroSource macro, int line) implements Statement {}

    record CallBlock(Expression.Call call, MacroSource caller, int line) implements Statement {}

    record Do(Expression.Call call, int line) implements Statement {}

    record Assignment(Target target, Expression value) {}

    /**
     * A macro as it is written.
     *
     * @param defaults   of the last parameters
     * @param usesCaller whether it asks for the block of a call
     */
    record MacroSource(String name, List<String> parameters, List<Expression> defaults, List<Statement> body,
            boolean usesCaller) {}

    /** The target of an assignment. */
    sealed interface Target {

        record Variable(String name) implements Target {}

        record Member(Expression object, String name, int line) implements Target {}

        record Tuple(List<Target> parts, int line) implements Target {}
    }
}
