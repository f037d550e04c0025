package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the variables of Lua live: those of this function in Java variables, those of outer functions in fields. One that
 * several functions share and somebody changes is in a {@link dev.tinysse.lua.runtime.Cell}.
 */
final class Variables {

    private final Emitter emitter;
    private final Map<LocalVariable, Integer> slots = new HashMap<>();

    Variables(Emitter emitter) {
        this.emitter = emitter;
    }

    /** The name of the field in which a function of this body holds an upvalue. */
    static String field(FunctionBody body, LocalVariable upvalue) {
        return "u" + body.upvalues().indexOf(upvalue);
    }

    static ClassDesc fieldType(LocalVariable upvalue) {
        return upvalue.shared() ? Names.CELL : Names.VALUE;
    }

    /** The upvalues that a function of this body is given; itself it knows. */
    static List<LocalVariable> captured(FunctionBody body) {
        return body.upvalues().stream().filter(upvalue -> !isItself(body, upvalue)).toList();
    }

    private static boolean isItself(FunctionBody body, LocalVariable upvalue) {
        return upvalue.itself() == body && !upvalue.shared();
    }

    boolean isLocal(LocalVariable variable) {
        return variable.owner() == emitter.body;
    }

    /** Whether {@code variable} is this very function. */
    boolean isSelf(LocalVariable variable) {
        return isItself(emitter.body, variable);
    }

    /** Begins the life of a local variable with the value on the stack, which is of the variable's kind. */
    void declare(LocalVariable variable) {
        Kind kind = emitter.types.of(variable);
        if (variable.shared()) {
            wrap();
        }
        int slot = emitter.slot(kind);
        slots.put(variable, slot);
        emitter.store(kind, slot);
    }

    /** A parameter that the JVM has put into {@code slot}. */
    void parameter(LocalVariable variable, int slot) {
        slots.put(variable, slot);
        if (variable.shared()) {
            emitter.code.aload(slot);
            wrap();
            emitter.code.astore(slot);
        }
    }

    /** Puts the value on the stack into a new cell. */
    private void wrap() {
        int value = emitter.slot(Kind.VALUE);
        emitter.code.astore(value);
        emitter.code.new_(Names.CELL);
        emitter.code.dup();
        emitter.code.aload(value);
        emitter.code.invokespecial(Names.CELL, "<init>", Names.type("V0"));
        emitter.release(value);
    }

    /** Pushes the value of {@code variable}, as its kind. */
    void load(LocalVariable variable) {
        if (isSelf(variable)) {
            emitter.code.aload(0);
            return;
        }
        if (isLocal(variable) && !variable.shared()) {
            emitter.load(emitter.types.of(variable), slots.get(variable));
            return;
        }
        holder(variable);
        if (variable.shared()) {
            emitter.code.getfield(Names.CELL, "value", Names.VALUE);
        }
    }

    /** Pushes what an inner function is given for {@code variable}: the cell, or the value. */
    void capture(LocalVariable variable) {
        if (isSelf(variable)) {
            emitter.code.aload(0);
        } else if (isLocal(variable) && !variable.shared()) {
            load(variable);
            emitter.box(emitter.types.of(variable));
        } else {
            holder(variable);
        }
    }

    private void holder(LocalVariable variable) {
        if (isLocal(variable)) {
            emitter.code.aload(slots.get(variable));
        } else {
            emitter.code.aload(0);
            emitter.code.getfield(emitter.self, field(emitter.body, variable), fieldType(variable));
        }
    }

    /** The operands below a value that is to be stored. */
    void beforeStore(LocalVariable variable) {
        if (variable.shared()) {
            holder(variable);
        }
    }

    /** Stores the value on the stack, which is of the variable's kind. */
    void store(LocalVariable variable) {
        if (variable.shared()) {
            emitter.code.putfield(Names.CELL, "value", Names.VALUE);
        } else {
            emitter.store(emitter.types.of(variable), slots.get(variable));
        }
    }
}
