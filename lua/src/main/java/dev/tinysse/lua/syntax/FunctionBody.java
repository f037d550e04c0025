package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.List;

/** A function of the source, with the variables of outer functions that it or its inner functions use. */
public final class FunctionBody implements LocalVariable.Owner {

    /** The body of a function: {@link Statement.Block}, which is built on functions and variables. */
    interface Code {}

    private final FunctionBody function;
    private final int line;
    private final boolean returns;
    private final List<Label> exits;
    private final List<LocalVariable> parameters = new ArrayList<>();
    private final List<LocalVariable> upvalues = new ArrayList<>();
    private final List<LocalVariable> locals = new ArrayList<>();
    private boolean vararg;
    private int lastLine;
    private int closingOutside;
    private Code code;

    FunctionBody(int line) {
        this.function = this;
        this.line = line;
        this.returns = false;
        this.exits = List.of();
    }

    /** A part of {@code function}, which becomes a method of its own because a method of the JVM has a size limit. */
    FunctionBody(FunctionBody function, int line, boolean returns, List<Label> exits) {
        this.function = function.function;
        this.line = line;
        this.returns = returns;
        this.exits = List.copyOf(exits);
    }

    /** The function of Lua: the function that this is a part of, or itself. */
    @Override
    public FunctionBody function() {
        return function;
    }

    /** Whether this is a part of a function. */
    public boolean isPart() {
        return function != this;
    }

    /** Whether this is a part with a {@code return} for the whole function in it. */
    public boolean returns() {
        return returns;
    }

    /** Where jumps out of this part lead. */
    public List<Label> exits() {
        return exits;
    }

    /** How many to-be-closed variables of the function are open where this part begins. */
    public int closingOutside() {
        return closingOutside;
    }

    /** Tells a part how many variables are open; for the compiler, which knows before it compiles the part. */
    public void closingOutside(int count) {
        closingOutside = count;
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

    Code code() {
        return code;
    }

    void vararg(boolean any) {
        vararg = any;
    }

    void end(Code body, int atLine) {
        code = body;
        lastLine = atLine;
    }
}
