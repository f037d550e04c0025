package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FirstCall;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.LocalVariable.Attribute;
import dev.tinysse.lua.syntax.Statement;
import dev.tinysse.lua.syntax.Statement.Block;
import java.lang.classfile.Label;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Code for statements and blocks. */
final class Statements implements Scopes {
    private final Emitter emitter;
    private final Variables variables;
    private final Expressions expressions;
    private final Assignments assignments;
    private final Loops loops;
    private final FirstCall entry;
    private final Map<dev.tinysse.lua.syntax.Label, Label> labels = new HashMap<>();
    /** The Java variables that hold what must be closed, the innermost first. */
    private final Deque<Integer> closing = new ArrayDeque<>();

    Statements(Emitter emitter, Variables variables, Expressions expressions) {
        this.emitter = emitter;
        this.variables = variables;
        this.expressions = expressions;
        this.assignments = new Assignments(emitter, variables, expressions);
        this.entry = FirstCall.of(emitter.body);
        this.loops = new Loops(emitter, variables, expressions, this);
    }

    @Override
    public Label place(dev.tinysse.lua.syntax.Label label) {
        return labels.computeIfAbsent(label, _ -> emitter.label());
    }

    /** All of the function. */
    void body() {
        if (entry.isFirst()) {
            emitter.enter();
        }
        block(Block.of(emitter.body));
    }

    @Override
    public void block(Block block) {
        block(block, () -> {});
    }

    @Override
    public void block(Block block, Runnable last) {
        int mark = emitter.mark();
        statements(block.statements(), last);
        emitter.release(mark);
    }

    private void statements(List<Statement> list, Runnable last) {
        for (int i = 0; i < list.size(); i++) {
            if (entry.isBefore(list.get(i))) {
                emitter.enter();
            }
            if (list.get(i) instanceof Statement.Local local && closes(local)) {
                List<Statement> rest = list.subList(i + 1, list.size());
                assignments.declare(local);
                closingScope(local, () -> statements(rest, last));
                trailingLabels(rest);
                return;
            }
            statement(list.get(i));
        }
        last.run();
    }

    private static boolean closes(Statement.Local local) {
        return local.variables().stream().anyMatch(variable -> variable.attribute() == Attribute.CLOSE);
    }

    /** Labels at the end of a block are outside of the scope of its variables: a jump there has closed them. */
    private void trailingLabels(List<Statement> statements) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.LabelStatement(var label) when label.last() -> emitter.bind(place(label));
                case Statement.Do(Block block) -> trailingLabels(block.statements());
                default -> {
                }
            }
        }
    }

    private void closingScope(Statement.Local local, Runnable scope) {
        LocalVariable variable = local.variables().stream().filter(v -> v.attribute() == Attribute.CLOSE).findFirst()
                .orElseThrow();
        variables.load(variable);
        int slot = emitter.slot(Kind.VALUE);
        emitter.code.astore(slot);
        emitter.runtime();
        emitter.code.aload(slot);
        emitter.code.loadConstant(variable.name());
        emitter.site(local.line());
        emitter.code.invokestatic(Names.CLOSING, "check", Names.CHECK);
        closing(slot, scope, local.line());
    }

    @Override
    public void closing(int slot, Runnable scope, int line) {
        Label start = emitter.label();
        Label end = emitter.label();
        Label handler = emitter.label();
        Label behind = emitter.label();
        int depth = emitter.slot(Kind.VALUE);
        emitter.runtime();
        emitter.call(Names.CLOSING, "depth", "RI");
        emitter.code.istore(depth);
        closing.push(slot);
        emitter.bind(start);
        emitter.code.nop();
        scope.run();
        emitter.operator(line, "close");
        close(slot);
        emitter.code.goto_(behind);
        emitter.bind(end);
        closing.pop();
        emitter.bind(handler);
        int mark = emitter.mark();
        int thrown = emitter.slot(Kind.VALUE);
        emitter.code.astore(thrown);
        emitter.runtime();
        emitter.code.iload(depth);
        emitter.code.aload(slot);
        emitter.code.aload(thrown);
        emitter.site(Site.hidden(line));
        emitter.call(Names.CLOSING, "close", "RIVXX");
        emitter.code.athrow();
        emitter.release(mark);
        emitter.code.exceptionCatchAll(start, end, handler);
        emitter.bind(behind);
    }

    /** Closes what is in {@code slot}, once: an error of that must not close it again. */
    private void close(int slot) {
        emitter.runtime();
        emitter.code.aload(slot);
        emitter.nil();
        emitter.code.astore(slot);
        emitter.call(Names.CLOSING, "close", "RV0");
    }

    /** How many variables of the function are to be closed. */
    private int open() {
        return emitter.body.closingOutside() + closing.size();
    }

    /** Closes all but the outermost {@code kept}, on the way out of their scopes. */
    private void closeDownTo(int kept) {
        Iterator<Integer> slots = closing.iterator();
        for (int open = open(); open > kept && slots.hasNext(); open--) {
            close(slots.next());
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Local local -> {
                emitter.statement(local.line());
                assignments.declare(local);
            }
            case Statement.LocalFunction function -> assignments.declare(function);
            case Statement.Assignment assignment -> {
                emitter.statement(assignment.line());
                assignments.assign(assignment);
            }
            case Statement.CallStatement(Expression call) -> {
                expressions.calls().all(call);
                emitter.code.pop();
            }
            case Statement.Do(Block block) -> block(block);
            case Statement.Part(FunctionBody part, int line) -> part(part, line);
            case Statement.Fields(LocalVariable table, int first, var fields) -> {
                variables.load(table);
                emitter.code.checkcast(Names.TABLE);
                new TableConstructors(emitter, expressions, expressions.parts()).fields(fields, first);
                emitter.code.pop();
            }
            case Statement.If choice -> choice(choice);
            case Statement.While loop -> loops.whileLoop(loop);
            case Statement.Repeat loop -> loops.repeat(loop);
            case Statement.NumericFor loop -> loops.numeric(loop);
            case Statement.GenericFor loop -> loops.generic(loop);
            case Statement.Return(List<Expression> values, int line) -> {
                emitter.statement(line);
                giveBack(values, line);
            }
            case Statement.Goto jump -> jump(jump.target(), jump.line());
            case Statement.LabelStatement(var label) -> {
                if (!label.last() || open() <= label.closing()) {
                    emitter.bind(place(label));
                }
            }
        }
    }

    private void jump(dev.tinysse.lua.syntax.Label target, int line) {
        emitter.poll(line);
        closeDownTo(target.closing());
        int exit = emitter.body.exits().indexOf(target);
        if (exit >= 0) {
            emitter.leave();
            expressions.parts().leave(exit);
        } else {
            emitter.code.goto_(place(target));
        }
    }

    /** Runs a part of the function, and goes where it leads. */
    private void part(FunctionBody part, int line) {
        part.closingOutside(open());
        expressions.parts().run(part, line);
        int mark = emitter.mark();
        int outcome = emitter.slot(Kind.VALUE);
        emitter.code.astore(outcome);
        if (part.returns()) {
            Label on = emitter.label();
            expressions.parts().results(outcome);
            emitter.code.dup();
            int results = emitter.slot(Kind.VALUE);
            emitter.code.astore(results);
            emitter.code.ifnull(on);
            emitter.code.aload(results);
            leave(line);
            emitter.bind(on);
        }
        for (int i = 0; i < part.exits().size(); i++) {
            Label on = emitter.label();
            expressions.parts().jumps(outcome, i);
            emitter.code.ifeq(on);
            jump(part.exits().get(i), line);
            emitter.bind(on);
        }
        emitter.release(mark);
    }

    private void choice(Statement.If choice) {
        Label end = emitter.label();
        for (int i = 0; i < choice.conditions().size(); i++) {
            Label next = emitter.label();
            expressions.conditions().jump(choice.conditions().get(i), false, next);
            block(choice.blocks().get(i));
            emitter.code.goto_(end);
            emitter.bind(next);
        }
        if (choice.otherwise() != null) {
            block(choice.otherwise());
        }
        emitter.bind(end);
    }

    private void giveBack(List<Expression> values, int line) {
        boolean call = values.size() == 1
                && (values.getFirst() instanceof Expression.Call || values.getFirst() instanceof Expression.MethodCall);
        if (call && closing.isEmpty()) {
            expressions.calls().tail(values.getFirst());
            end();
        } else {
            expressions.list(values);
            leave(line);
        }
    }

    /** Leaves the function with the results on the stack, which may be a call left to the caller. */
    private void leave(int line) {
        if (!closing.isEmpty()) {
            int mark = emitter.mark();
            int results = emitter.slot(Kind.VALUE);
            emitter.call(Names.TAIL_CALL, "finish", "MM");
            emitter.code.astore(results);
            emitter.operator(line, "close");
            closeDownTo(0);
            emitter.code.aload(results);
            emitter.release(mark);
        }
        emitter.leave();
        end();
    }

    private void end() {
        if (emitter.body.returns()) {
            expressions.parts().leave();
        } else {
            emitter.code.areturn();
        }
    }
}
