package dev.tinysse.luahooks.template.render;

import dev.tinysse.luahooks.template.syntax.Expression;
import dev.tinysse.luahooks.template.syntax.Statement;
import dev.tinysse.luahooks.template.value.Value;
import dev.tinysse.luahooks.template.value.Value.Sequence;
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
