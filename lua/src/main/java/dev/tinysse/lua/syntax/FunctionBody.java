package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.List;

/** A function of the source, with the variables of outer functions that it or its inner functions use. */
public final class FunctionBody {

    private final FunctionBody parent;
    private final int line;
    private final List<LocalVariable> parameters = new ArrayList<>();
    private final List<LocalVariable> upvalues = new ArrayList<>();
    private final List<LocalVariable> locals = new ArrayList<>();
    private int size;
    private boolean vararg;
    private int lastLine;
    private Block block;

    FunctionBody(FunctionBody parent, int line) {
        this.parent = parent;
        this.line = line;
    }

    /** The function around it; null for a chunk. */
    public FunctionBody parent() {
        return parent;
    }

    /** The line of its beginning, 0 for a chunk. */
    public int line() {
        return line;
    }

    /** The line of its end. */
    public int lastLine() {
        return lastLine;
    }

    public List<LocalVariable> parameters() {
        return parameters;
    }

    /** The variables of outer functions that it uses, in order of first use; a chunk has {@code _ENV}. */
    public List<LocalVariable> upvalues() {
        return upvalues;
    }

    /** All variables that it declares, its parameters among them. */
    public List<LocalVariable> locals() {
        return locals;
    }

    public boolean vararg() {
        return vararg;
    }

    public Block block() {
        return block;
    }

    /** How many tokens it has, those of inner functions not counted. */
    int size() {
        return size;
    }

    void add(int tokens) {
        size += tokens;
    }

    void vararg(boolean any) {
        vararg = any;
    }

    void end(Block body, int atLine) {
        block = body;
        lastLine = atLine;
    }
}
