package dev.tinysse.jinja;

import dev.tinysse.jinja.Value.Mapping;
import java.util.function.Supplier;

/** The state of one rendering. Used by the thread that renders. */
final class Rendering implements Environment {

    /** How much may be nested at run time; each kind of nesting has its own weight. */
    private static final int MAX_DEPTH = 500;
    /** How many nodes of trees may be under evaluation at once, so that the stack of a thread is enough. */
    private static final int MAX_NODES = 1000;

    private final TemplateSource library;
    private final Budget budget;
    private final Printer printer;
    private final Order order;
    private final Operators operators;
    private int depth;
    private int nodes;

    /** The runner of parts of the template; set before the first of them. */
    Execution execution;
    /** The names that are visible. */
    Scope scope;
    /** Where text goes. */
    Output out;
    private Autoescape escape;
    /** The template that is being rendered, which errors name. */
    Template template;
    /** The blocks of the template and its parents. */
    Blocks blocks = new Blocks();
    /** How many recursive loops the next one would stand in. */
    int loopDepth;
    /** The text that a block's filters are applied to. */
    Value captured = Value.UNDEFINED;

    Rendering(TemplateSource library, Template template, Mapping context, Budget budget) {
        this.library = library;
        this.budget = budget;
        this.template = template;
        this.printer = new Printer(budget);
        this.order = new Order(budget);
        this.operators = new Operators(budget, printer, order);
        this.scope = Scope.root(context);
        this.out = new Output(budget);
        this.escape = library.autoescape();
    }

    TemplateSource library() {
        return library;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public Printer printer() {
        return printer;
    }

    @Override
    public Order order() {
        return order;
    }

    @Override
    public Operators operators() {
        return operators;
    }

    /** The printed text of a value. */
    @Override
    public String display(Value value) {
        return value instanceof Value.Text(String text, boolean _) ? text : printer.display(value);
    }

    /** Starts with a node of a tree; {@link #leaveNode} must follow. */
    void enterNode() {
        budget.step();
        if (++nodes > MAX_NODES) {
            nodes--;
            throw TemplateException.tooDeep();
        }
    }

    void leaveNode() {
        nodes--;
    }

    /** Does something in a scope inside the present one. */
    void nested(Runnable action) {
        inScope(scope.child(), 1, action);
    }

    /** Does something in another scope. */
    void inScope(Scope inner, int weight, Runnable action) {
        Scope outer = scope;
        depth += weight;
        try {
            if (depth > MAX_DEPTH) {
                throw TemplateException.tooDeep();
            }
            scope = inner;
            action.run();
        } finally {
            scope = outer;
            depth -= weight;
        }
    }

    /** Does something in another template, which errors shall name. */
    void inTemplate(Template other, Runnable action) {
        Template outer = template;
        template = other;
        try {
            action.run();
        } finally {
            template = outer;
        }
    }

    /** The written text, as a value that is not escaped again. */
    Value capture(Runnable action) {
        return markup(writtenBy(new Output(budget), action).toString());
    }

    /** Does something whose output nobody wants. */
    void discard(Runnable action) {
        writtenBy(Output.discarding(budget), action);
    }

    private Output writtenBy(Output into, Runnable action) {
        Output outer = out;
        out = into;
        try {
            action.run();
        } finally {
            out = outer;
        }
        return into;
    }

    /** A text that needs no escaping; where nothing is escaped it is a text like any other. */
    @Override
    public Value markup(String text) {
        return new Value.Text(text, escape != Autoescape.NONE);
    }

    @Override
    public Autoescape escape() {
        return escape;
    }

    /** Does something in another mode of escaping. */
    void escaping(Autoescape mode, Runnable action) {
        Autoescape outer = escape;
        escape = mode;
        try {
            action.run();
        } finally {
            escape = outer;
        }
    }

    /** Does something with other blocks than the present ones. */
    <T> T withBlocks(Blocks other, Supplier<T> action) {
        Blocks outer = blocks;
        blocks = other;
        try {
            return action.get();
        } finally {
            blocks = outer;
        }
    }
}
