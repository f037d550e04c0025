package dev.tinysse.jinja;

import dev.tinysse.jinja.Statement.Assignment;
import dev.tinysse.jinja.Statement.Target;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders a template: executes its statements. */
final class Renderer implements Execution {

    private static final int BLOCK_WEIGHT = 4;
    private static final int LOOP_WEIGHT = 1;
    private static final int RECURSIVE_LOOP_WEIGHT = 4;

    private final Rendering rendering;
    private final Includes includes;
    private final Evaluator evaluator;

    private Renderer(Rendering rendering) {
        this.rendering = rendering;
        this.includes = new Includes(rendering);
        this.evaluator = new Evaluator(rendering);
    }

    /** Renders a template from its first to its last statement, and then those that it extends. */
    static String render(TemplateSource library, Template template, Mapping context, Budget budget) {
        var rendering = new Rendering(library, template, context, budget);
        var renderer = new Renderer(rendering);
        rendering.execution = renderer;
        renderer.includes.render(template);
        return rendering.out.toString();
    }

    @Override
    public void execute(List<Statement> statements) {
        for (Statement statement : statements) {
            rendering.enterNode();
            try {
                execute(statement);
            } catch (TemplateException e) {
                throw e.at(rendering.template.name(), statement.line());
            } finally {
                rendering.leaveNode();
            }
        }
    }

    private void execute(Statement statement) {
        switch (statement) {
            case Statement.Text(String text, int _) -> rendering.out.append(text);
            case Statement.Print(Expression value, int _) -> print(evaluate(value));
            case Statement.If condition -> condition(condition);
            case Statement.For loop -> loop(loop);
            case Statement.With with -> rendering.nested(() -> {
                with.assignments().forEach(this::assign);
                execute(with.body());
            });
            case Statement.Set(Assignment assignment, int _) -> assign(assignment);
            case Statement.SetBlock block ->
                assign(block.target(), filtered(rendering.capture(() -> execute(block.body())), block.filters()));
            case Statement.Autoescaped(Expression mode, List<Statement> body, int _) ->
                rendering.escaping(mode(evaluate(mode)), () -> execute(body));
            case Statement.Filtered(Expression filters, List<Statement> body, int _) ->
                print(filtered(rendering.capture(() -> execute(body)), Optional.of(filters)));
            case Statement.Block block -> {
                if (!rendering.out.discards()) {
                    block(block.name());
                }
            }
            case Statement.Extends(Expression name, int _) -> includes.extend(evaluate(name));
            case Statement.Include include -> includes.include(include, evaluate(include.name()));
            case Statement.Import imported -> includes.importAll(imported, evaluate(imported.name()));
            case Statement.FromImport imported -> includes.importNames(imported, evaluate(imported.name()));
            case Statement.DefineMacro(Statement.MacroSource macro, int _) ->
                rendering.scope.set(macro.name(), macro(macro));
            case Statement.CallBlock(Expression.Call call, Statement.MacroSource caller, int _) ->
                print(evaluator.call(call, macro(caller)));
            case Statement.Do(Expression.Call call, int _) -> evaluate(call);
        }
    }

    @Override
    public Value evaluate(Expression expression) {
        return evaluator.evaluate(expression);
    }

    private Macro macro(Statement.MacroSource source) {
        return new Macro(source, rendering.scope, rendering.template);
    }

    private Value filtered(Value text, Optional<Expression> filters) {
        if (filters.isEmpty()) {
            return text;
        }
        rendering.captured = text;
        return evaluate(filters.get());
    }

    private void print(Value value) {
        rendering.out.append(Escaping.escaped(rendering, value));
    }

    private Autoescape mode(Value mode) {
        return switch (mode) {
            case Value.Text(String name, boolean _) when name.equals("html") -> Autoescape.HTML;
            case Value.Text(String name, boolean _) when name.equals("json") -> Autoescape.JSON;
            case Value.Text(String name, boolean _) when name.equals("none") -> Autoescape.NONE;
            case Value.Text _ -> throw TemplateException.invalid("invalid value to autoescape tag");
            default -> {
                Autoescape initial = rendering.library().autoescape();
                boolean on = rendering.order().equal(mode, Value.of(true));
                yield !on ? Autoescape.NONE : initial == Autoescape.NONE ? Autoescape.HTML : initial;
            }
        };
    }

    private void condition(Statement.If condition) {
        for (Statement.Branch branch : condition.branches()) {
            if (evaluate(branch.test()).isTrue()) {
                execute(branch.body());
                return;
            }
        }
        execute(condition.otherwise());
    }

    private void loop(Statement.For loop) {
        Sequence items = Iterables.of(evaluate(loop.iterable()), rendering.budget());
        Sequence chosen = loop.filter().<Sequence>map(filter -> chosen(loop, items, filter)).orElse(items);
        loop(loop, chosen);
        if (chosen.size() == 0) {
            execute(loop.otherwise());
        }
    }

    private Sequence chosen(Statement.For loop, Sequence items, Expression filter) {
        var chosen = new ArrayList<Value>();
        rendering.nested(() -> {
            for (Value item : items) {
                rendering.budget().step();
                assign(loop.target(), Members.usable(item));
                if (evaluate(filter).isTrue()) {
                    rendering.budget().allocate(8);
                    chosen.add(item);
                }
            }
        });
        return ListValue.of(chosen);
    }

    @Override
    public void loop(Statement.For statement, Sequence items) {
        int depth = rendering.loopDepth;
        var loop = new Loop(statement, items, depth);
        rendering.loopDepth = statement.recursive() ? depth + 1 : 0;
        try {
            int weight = statement.recursive() ? RECURSIVE_LOOP_WEIGHT : LOOP_WEIGHT;
            rendering.inScope(rendering.scope.child(), weight, () -> {
                rendering.scope.set("loop", loop);
                while (loop.advance()) {
                    rendering.budget().step();
                    assign(statement.target(), Members.usable(loop.current()));
                    execute(statement.body());
                }
            });
        } finally {
            rendering.loopDepth = depth;
        }
    }

    private void assign(Assignment assignment) {
        assign(assignment.target(), evaluate(assignment.value()));
    }

    private void assign(Target target, Value value) {
        switch (target) {
            case Target.Variable(String name) -> rendering.scope.set(name, value);
            case Target.Member(Expression object, String name, int _) -> {
                Value holder = evaluate(object);
                if (!(holder instanceof MapValue map && map.assignable())) {
                    throw TemplateException
                            .invalid("can only assign to namespaces, not " + holder.kind().label());
                }
                rendering.budget().allocate(64);
                map.put(Value.of(name), value);
            }
            case Target.Tuple(List<Target> parts, int _) -> unpack(parts, value);
        }
    }

    private void unpack(List<Target> parts, Value value) {
        Sequence items = switch (value) {
            case Sequence sequence -> sequence;
            case Mapping mapping -> ListValue.of(mapping.keys());
            default -> throw TemplateException.unpack("value is not iterable");
        };
        if (items.size() != parts.size()) {
            throw TemplateException
                    .unpack("sequence of wrong length (expected " + parts.size() + ", got " + items.size() + ")");
        }
        for (int i = 0; i < parts.size(); i++) {
            assign(parts.get(i), items.get(i));
        }
    }

    @Override
    public void block(String name) {
        var block = new Blocks.Active(name, 0);
        render(block, rendering.blocks.body(block)
                .orElseThrow(() -> TemplateException.unknown("block", "block '" + name + "' not found")));
    }

    @Override
    public void superBlock() {
        Blocks.Active active = rendering.blocks.active()
                .orElseThrow(() -> TemplateException.invalid("cannot super outside of block"));
        var parent = new Blocks.Active(active.name(), active.level() + 1);
        render(parent, rendering.blocks.body(parent)
                .orElseThrow(() -> TemplateException.invalid("no parent block exists")));
    }

    private void render(Blocks.Active block, Blocks.Body body) {
        Optional<Blocks.Active> before = rendering.blocks.activate(Optional.of(block));
        try {
            rendering.inTemplate(body.owner(), () -> rendering.inScope(rendering.scope.child(), BLOCK_WEIGHT,
                    () -> execute(body.statements())));
        } finally {
            rendering.blocks.activate(before);
        }
    }
}
