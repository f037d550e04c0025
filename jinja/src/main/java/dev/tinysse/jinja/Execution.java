package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Sequence;
import java.util.List;

/** Runs parts of a template for what stands within a rendering: macros, loops, calls and templates that are included. */
interface Execution {

    Value evaluate(Expression expression);

    void execute(List<Statement> statements);

    /** Goes through these items with the body of a loop. */
    void loop(Statement.For statement, Sequence items);

    /** Renders the innermost block of this name. */
    void block(String name);

    /** Renders the block that the present one replaces. */
    void superBlock();
}
