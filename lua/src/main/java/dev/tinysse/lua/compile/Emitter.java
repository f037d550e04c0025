package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.syntax.FunctionBody;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Writes the code of one function: Java variables, constants, sites and the usual instructions. */
final class Emitter {

    /** So many constants have a field each, which the JVM knows; the others share an array. */
    private static final int CONSTANT_FIELDS = 1500;

    /** Two frames, their links and operands, in whatever form the JVM has them. */
    private static final int FIXED_FRAME_BYTES = 700;
    private static final int SLOT_BYTES = 10;
    private static final int NOT = -1;

    final CodeBuilder code;
    final FunctionBody body;
    final ClassDesc self;
    final ChunkClasses chunk;
    final Types types;
    private final Map<LuaValue, Integer> constants = new LinkedHashMap<>();
    /** The fields of the first constants: looking for an entry of the constant pool takes longer than all else here. */
    private final List<FieldRefEntry> constantFields = new ArrayList<>();
    private FieldRefEntry runtime;
    private final List<Site> sites = new ArrayList<>();
    private int entered = NOT;
    private int nextSlot;
    private int maxSlots;

    Emitter(CodeBuilder code, FunctionBody body, ClassDesc self, ChunkClasses chunk, Types types) {
        this.code = code;
        this.body = body;
        this.self = self;
        this.chunk = chunk;
        this.types = types;
        this.nextSlot = 1;
    }

    Map<LuaValue, Integer> constants() {
        return constants;
    }

    /** Fields of the constants that the JVM is to know: the others, behind these, only in {@code CONSTANTS}. */
    List<FieldRefEntry> constantFields() {
        return constantFields;
    }

    List<Site> sites() {
        return sites;
    }

    /**
     * The use of the Java stack by a call, in bytes: more than was ever seen. A frame of interpreted or compiled code takes
     * about half of that, one that goes from one to the other all of it.
     */
    int frameSize() {
        return FIXED_FRAME_BYTES + SLOT_BYTES * maxSlots;
    }

    /** A Java variable that is free until {@link #release}. */
    int slot(Kind kind) {
        int slot = nextSlot;
        nextSlot += kind.slots();
        maxSlots = Math.max(maxSlots, nextSlot);
        return slot;
    }

    /** Where the next Java variable will be. */
    int mark() {
        return nextSlot;
    }

    /** Frees all Java variables from {@code mark} on. */
    void release(int mark) {
        nextSlot = mark;
    }

    void load(Kind kind, int slot) {
        switch (kind) {
            case LONG -> code.lload(slot);
            case DOUBLE -> code.dload(slot);
            case VALUE -> code.aload(slot);
        }
    }

    void store(Kind kind, int slot) {
        switch (kind) {
            case LONG -> code.lstore(slot);
            case DOUBLE -> code.dstore(slot);
            case VALUE -> code.astore(slot);
        }
    }

    void runtime() {
        if (runtime == null) {
            runtime = code.constantPool().fieldRefEntry(chunk.engineClass(), EngineClass.RUNTIME, Names.RUNTIME);
        }
        code.getstatic(runtime);
    }

    /**
     * Takes the room that the function needs on the stack, from here on until {@link #leave}. If there is none, the error
     * is one of the caller.
     */
    void enter() {
        entered = slot(Kind.VALUE);
        site(Site.hidden(Math.max(1, body.line())));
        code.aload(0);
        code.invokevirtual(self, "enter", Names.type("I"));
        code.istore(entered);
    }

    /** Gives back the room that the function has taken, if it has. */
    void leave() {
        if (entered != NOT) {
            code.aload(0);
            code.iload(entered);
            code.invokevirtual(self, "leave", Names.type("I0"));
        }
    }

    /** Lets the call end here if its time is over. */
    void poll(int line) {
        site(line);
        code.getstatic(chunk.engineClass(), EngineClass.BUDGET, Names.BUDGET);
        code.invokevirtual(Names.BUDGET, "poll", Names.type("0"));
    }

    void call(ClassDesc owner, String name, String type) {
        code.invokestatic(owner, name, Names.type(type));
    }

    void callVirtual(ClassDesc owner, String name, String type) {
        code.invokevirtual(owner, name, Names.type(type));
    }

    /** The following code may fail or call at this place of the source. The JVM knows no line 0, so numbers begin with 1. */
    void site(Site site) {
        sites.add(site);
        code.lineNumber(sites.size());
    }

    void site(int line) {
        site(Site.at(line));
    }

    /** A statement begins here, which only {@code debug} wants to know. */
    void statement(int line) {
        if (chunk.isInspectable()) {
            site(line);
        }
    }

    /** An operation that may call the metamethod {@code __event}. */
    void operator(int line, String event, String... operands) {
        site(new Site(line, List.of(operands), "metamethod '" + event + "'", Site.Presence.WAITING));
    }

    void nil() {
        code.getstatic(Names.VALUE, "NIL", Names.VALUE);
    }

    void none() {
        code.getstatic(Names.VALUE, "NONE", Names.VALUE);
    }

    void constant(LuaValue value) {
        if (value == LuaValue.NIL) {
            nil();
        } else if (value == LuaValue.TRUE || value == LuaValue.FALSE) {
            code.getstatic(Names.VALUE, value == LuaValue.TRUE ? "TRUE" : "FALSE", Names.BOOLEAN);
        } else {
            field(constants.computeIfAbsent(value, _ -> constants.size()), value instanceof LuaString);
        }
    }

    private void field(int index, boolean string) {
        if (index < CONSTANT_FIELDS) {
            if (index == constantFields.size()) {
                ClassDesc type = string ? Names.STRING : Names.VALUE;
                constantFields.add(code.constantPool().fieldRefEntry(self, "K" + index, type));
            }
            code.getstatic(constantFields.get(index));
            return;
        }
        code.getstatic(self, "CONSTANTS", Names.VALUE_ARRAY);
        code.loadConstant(index);
        code.aaload();
        if (string) {
            code.checkcast(Names.STRING);
        }
    }

    /** Makes a {@link LuaValue} of what is on the stack. */
    void box(Kind kind) {
        switch (kind) {
            case LONG -> call(Names.VALUES, "box", "JV");
            case DOUBLE -> call(Names.VALUES, "box", "DV");
            case VALUE -> {
            }
        }
    }

    /** Makes a primitive of the {@link LuaValue} on the stack, which is known to be one. */
    void unbox(Kind kind) {
        switch (kind) {
            case LONG -> {
                code.checkcast(Names.INTEGER);
                code.getfield(Names.INTEGER, "value", java.lang.constant.ConstantDescs.CD_long);
            }
            case DOUBLE -> {
                code.checkcast(Names.FLOAT);
                code.getfield(Names.FLOAT, "value", java.lang.constant.ConstantDescs.CD_double);
            }
            case VALUE -> {
            }
        }
    }

    Label label() {
        return code.newLabel();
    }

    void bind(Label label) {
        code.labelBinding(label);
    }

}
