package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.Statement;
import java.util.Arrays;
import java.util.List;
import org.luaj.vm2.LuaString;

/** Code for declarations and assignments. */
final class Assignments {

    private final Emitter emitter;
    private final Variables variables;
    private final Expressions expressions;

    Assignments(Emitter emitter, Variables variables, Expressions expressions) {
        this.emitter = emitter;
        this.variables = variables;
        this.expressions = expressions;
    }

    void declare(Statement.LocalFunction function) {
        LocalVariable variable = function.variable();
        if (variable.shared()) {
            emitter.nil();
            variables.declare(variable);
            variables.beforeStore(variable);
            expressions.function(function.body());
            variables.store(variable);
        } else {
            expressions.function(function.body());
            variables.declare(variable);
        }
    }

    void declare(Statement.Local local) {
        List<LocalVariable> declared = local.variables();
        if (declared.size() == 1 && local.values().size() == 1) {
            expressions.push(local.values().getFirst(), emitter.types.of(declared.getFirst()));
            variables.declare(declared.getFirst());
            return;
        }
        int[] slots = new int[declared.size()];
        Kind[] kinds = declared.stream().map(emitter.types::of).toArray(Kind[]::new);
        evaluate(local.values(), kinds, slots);
        for (int i = 0; i < slots.length; i++) {
            emitter.load(kinds[i], slots[i]);
            variables.declare(declared.get(i));
        }
    }

    /** Computes the values of a list, each into a Java variable of its own. */
    void evaluate(List<Expression> values, int[] slots) {
        Kind[] kinds = new Kind[slots.length];
        Arrays.fill(kinds, Kind.VALUE);
        evaluate(values, kinds, slots);
    }

    /** Computes the values for as many targets as there are kinds, each into a Java variable of its own. */
    private void evaluate(List<Expression> values, Kind[] kinds, int[] slots) {
        int singles = values.isEmpty() || !values.getLast().isMulti() || values.size() > kinds.length
                ? values.size()
                : values.size() - 1;
        for (int i = 0; i < singles; i++) {
            if (i < kinds.length) {
                expressions.push(values.get(i), kinds[i]);
                slots[i] = emitter.slot(kinds[i]);
                emitter.store(kinds[i], slots[i]);
            } else {
                discard(values.get(i));
            }
        }
        if (singles < values.size()) {
            spread(values.getLast(), singles, slots);
        } else {
            for (int i = singles; i < kinds.length; i++) {
                emitter.nil();
                slots[i] = emitter.slot(Kind.VALUE);
                emitter.code.astore(slots[i]);
            }
        }
    }

    private void discard(Expression value) {
        expressions.value(value);
        emitter.code.pop();
    }

    /** The results of {@code last} into the Java variables from {@code first} on. */
    private void spread(Expression last, int first, int[] slots) {
        if (first == slots.length - 1) {
            expressions.value(last);
            slots[first] = emitter.slot(Kind.VALUE);
            emitter.code.astore(slots[first]);
            return;
        }
        expressions.multi(last);
        int results = emitter.slot(Kind.VALUE);
        emitter.code.astore(results);
        for (int i = first; i < slots.length; i++) {
            emitter.code.aload(results);
            emitter.code.loadConstant(i - first + 1);
            emitter.callVirtual(Names.VARARGS, "arg", "IV");
            slots[i] = emitter.slot(Kind.VALUE);
            emitter.code.astore(slots[i]);
        }
    }

    void assign(Statement.Assignment assignment) {
        int mark = emitter.mark();
        if (assignment.targets().size() == 1 && assignment.values().size() == 1) {
            single(assignment.targets().getFirst(), assignment.values().getFirst(), assignment.line());
        } else {
            multiple(assignment);
        }
        emitter.release(mark);
    }

    private void single(Expression target, Expression value, int line) {
        switch (target) {
            case Expression.Variable(LocalVariable variable) -> {
                variables.beforeStore(variable);
                expressions.push(value, emitter.types.of(variable));
                variables.store(variable);
            }
            case Expression.Index index -> {
                emitter.runtime();
                expressions.value(index.object());
                String key = expressions.key(index.key());
                expressions.value(value);
                setIndex(index, key, line);
            }
            default -> throw new IllegalStateException("no target: " + target);
        }
    }

    private void setIndex(Expression.Index index, String key, int line) {
        emitter.operator(line, "newindex", expressions.describe(index.object()));
        emitter.call(Names.INDEXING, "setIndex", "RV" + key + "V0");
    }

    /** First what is indexed and the keys, then the values, then the assignments from the last to the first. */
    private void multiple(Statement.Assignment assignment) {
        List<Expression> targets = assignment.targets();
        int[] objects = new int[targets.size()];
        int[] keys = new int[targets.size()];
        Kind[] kinds = new Kind[targets.size()];
        for (int i = 0; i < kinds.length; i++) {
            if (targets.get(i) instanceof Expression.Index index) {
                objects[i] = toSlot(index.object(), Kind.VALUE);
                keys[i] = index.key() instanceof Expression.Constant(LuaString _)
                        ? -1
                        : toSlot(index.key(), keyKind(index));
                kinds[i] = Kind.VALUE;
            } else {
                kinds[i] = emitter.types.of(((Expression.Variable) targets.get(i)).variable());
            }
        }
        int[] slots = new int[kinds.length];
        evaluate(assignment.values(), kinds, slots);
        for (int i = kinds.length - 1; i >= 0; i--) {
            if (targets.get(i) instanceof Expression.Index index) {
                store(index, objects[i], keys[i], slots[i], assignment.line());
            } else {
                LocalVariable variable = ((Expression.Variable) targets.get(i)).variable();
                variables.beforeStore(variable);
                emitter.load(kinds[i], slots[i]);
                variables.store(variable);
            }
        }
    }

    private Kind keyKind(Expression.Index index) {
        return emitter.types.of(index.key()) == Kind.LONG ? Kind.LONG : Kind.VALUE;
    }

    private int toSlot(Expression expression, Kind kind) {
        expressions.push(expression, kind);
        int slot = emitter.slot(kind);
        emitter.store(kind, slot);
        return slot;
    }

    private void store(Expression.Index index, int object, int key, int value, int line) {
        emitter.runtime();
        emitter.code.aload(object);
        String type;
        if (key < 0) {
            type = expressions.key(index.key());
        } else {
            Kind kind = keyKind(index);
            emitter.load(kind, key);
            type = Operators.letter(kind);
        }
        emitter.code.aload(value);
        setIndex(index, type, line);
    }
}
