package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.Statement;
import dev.tinysse.lua.value.LuaInteger;
import java.lang.classfile.Label;
import java.util.List;

/** Code for loops. Every round asks whether the call may go on. */
final class Loops {

    private final Emitter emitter;
    private final Variables variables;
    private final Expressions expressions;
    private final Scopes scopes;

    Loops(Emitter emitter, Variables variables, Expressions expressions, Scopes scopes) {
        this.emitter = emitter;
        this.variables = variables;
        this.expressions = expressions;
        this.scopes = scopes;
    }

    void whileLoop(Statement.While loop) {
        Label again = emitter.label();
        emitter.bind(again);
        emitter.poll(loop.line());
        expressions.conditions().jump(loop.condition(), false, scopes.place(loop.exit()));
        scopes.block(loop.block());
        emitter.code.goto_(again);
        emitter.bind(scopes.place(loop.exit()));
    }

    void repeat(Statement.Repeat loop) {
        Label again = emitter.label();
        emitter.bind(again);
        emitter.poll(loop.line());
        int mark = emitter.mark();
        int result = emitter.slot(Kind.VALUE);
        emitter.nil();
        emitter.code.astore(result);
        scopes.block(loop.block(), () -> {
            expressions.value(loop.condition());
            emitter.code.astore(result);
        });
        emitter.code.aload(result);
        emitter.call(Names.VALUES, "truth", "VZ");
        emitter.code.ifeq(again);
        emitter.bind(scopes.place(loop.exit()));
        emitter.release(mark);
    }

    void numeric(Statement.NumericFor loop) {
        int mark = emitter.mark();
        Long step = loop.step() == null ? Long.valueOf(1) : constant(loop.step());
        if (emitter.types.of(loop.start()) == Kind.LONG && step != null && step != 0) {
            integers(loop, step);
        } else {
            general(loop);
        }
        emitter.release(mark);
    }

    private static Long constant(Expression step) {
        return step instanceof Expression.Constant(LuaInteger number) ? number.value : null;
    }

    /** A loop over integers whose step is known: the counter is a {@code long}. */
    private void integers(Statement.NumericFor loop, long step) {
        int counter = emitter.slot(Kind.LONG);
        int limit = emitter.slot(Kind.LONG);
        int rounds = emitter.slot(Kind.LONG);
        expressions.push(loop.start());
        emitter.code.lstore(counter);
        limit(loop, step, counter);
        emitter.code.lstore(limit);
        emitter.code.lload(counter);
        emitter.code.lload(limit);
        emitter.code.lcmp();
        Label exit = scopes.place(loop.exit());
        if (step > 0) {
            emitter.code.ifgt(exit);
        } else {
            emitter.code.iflt(exit);
        }
        boolean counted = step != 1;
        if (counted) {
            emitter.code.lload(counter);
            emitter.code.lload(limit);
            emitter.code.loadConstant(step);
            emitter.call(Names.NUMERIC_LOOP, "rounds", "JJJJ");
            emitter.code.lstore(rounds);
        }
        Label again = emitter.label();
        emitter.bind(again);
        emitter.poll(loop.line());
        int mark = emitter.mark();
        emitter.code.lload(counter);
        if (emitter.types.of(loop.variable()) == Kind.VALUE) {
            emitter.box(Kind.LONG);
        }
        variables.declare(loop.variable());
        scopes.block(loop.block());
        emitter.release(mark);
        emitter.code.lload(counted ? rounds : counter);
        if (counted) {
            emitter.code.loadConstant(0L);
        } else {
            emitter.code.lload(limit);
        }
        emitter.code.lcmp();
        if (counted) {
            emitter.code.ifeq(exit);
            emitter.code.lload(rounds);
            emitter.code.loadConstant(1L);
            emitter.code.lsub();
            emitter.code.lstore(rounds);
        } else {
            emitter.code.ifge(exit);
        }
        emitter.code.lload(counter);
        emitter.code.loadConstant(step);
        emitter.code.ladd();
        emitter.code.lstore(counter);
        emitter.code.goto_(again);
        emitter.bind(exit);
    }

    private void limit(Statement.NumericFor loop, long step, int counter) {
        if (emitter.types.of(loop.limit()) == Kind.LONG) {
            expressions.push(loop.limit());
            return;
        }
        emitter.runtime();
        expressions.value(loop.limit());
        emitter.code.lload(counter);
        emitter.code.loadConstant(step);
        emitter.site(loop.line());
        emitter.call(Names.NUMERIC_LOOP, "limit", "RVJJJ");
    }

    private void general(Statement.NumericFor loop) {
        emitter.runtime();
        expressions.value(loop.start());
        expressions.value(loop.limit());
        expressions.value(loop.step() == null ? new Expression.Constant(LuaInteger.ONE) : loop.step());
        emitter.site(loop.line());
        emitter.call(Names.NUMERIC_LOOP, "of", "RVVVN");
        int state = emitter.slot(Kind.VALUE);
        emitter.code.astore(state);
        Label exit = scopes.place(loop.exit());
        emitter.code.aload(state);
        emitter.code.ifnull(exit);
        Label again = emitter.label();
        emitter.bind(again);
        emitter.poll(loop.line());
        emitter.code.aload(state);
        emitter.callVirtual(Names.NUMERIC_LOOP, "next", "Z");
        emitter.code.ifeq(exit);
        int mark = emitter.mark();
        emitter.code.aload(state);
        emitter.callVirtual(Names.NUMERIC_LOOP, "value", "V");
        emitter.unbox(emitter.types.of(loop.variable()));
        variables.declare(loop.variable());
        scopes.block(loop.block());
        emitter.release(mark);
        emitter.code.goto_(again);
        emitter.bind(exit);
    }

    void generic(Statement.GenericFor loop) {
        int mark = emitter.mark();
        int[] slots = new int[4];
        List<Expression> values = loop.values();
        new Assignments(emitter, variables, expressions).evaluate(values, slots);
        emitter.runtime();
        for (int i = 0; i < 3; i++) {
            emitter.code.aload(slots[i]);
        }
        Site site = Site.call(loop.line(), "for iterator 'for iterator'", Site.Presence.WAITING);
        emitter.site(site);
        emitter.call(Names.GENERIC_LOOP, "of", "RVVVG");
        int state = emitter.slot(Kind.VALUE);
        emitter.code.astore(state);
        if (Statement.GenericFor.closes(values)) {
            emitter.runtime();
            emitter.code.aload(slots[3]);
            emitter.code.loadConstant("(for state)");
            emitter.site(loop.line());
            emitter.code.invokestatic(Names.CLOSING, "check", Names.CHECK);
            Label inner = emitter.label();
            scopes.closing(slots[3], () -> {
                rounds(loop, state, site, inner);
                emitter.bind(inner);
            }, loop.line());
        } else {
            rounds(loop, state, site, scopes.place(loop.exit()));
        }
        emitter.bind(scopes.place(loop.exit()));
        emitter.release(mark);
    }

    private void rounds(Statement.GenericFor loop, int state, Site site, Label exit) {
        Label again = emitter.label();
        emitter.bind(again);
        emitter.poll(loop.line());
        emitter.code.aload(state);
        emitter.site(site);
        emitter.callVirtual(Names.GENERIC_LOOP, "next", "Z");
        emitter.code.ifeq(exit);
        int mark = emitter.mark();
        for (int i = 0; i < loop.variables().size(); i++) {
            emitter.code.aload(state);
            if (i < 2) {
                emitter.code.getfield(Names.GENERIC_LOOP, i == 0 ? "first" : "second", Names.VALUE);
            } else {
                emitter.code.loadConstant(i + 1);
                emitter.callVirtual(Names.GENERIC_LOOP, "value", "IV");
            }
            variables.declare(loop.variables().get(i));
        }
        scopes.block(loop.block());
        emitter.release(mark);
        emitter.code.goto_(again);
    }
}
