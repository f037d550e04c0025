package dev.tinysse.lua.globals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The global names and the modules that a chunk uses, as far as its source alone tells. Names are those that go through the
 * chunk's own {@code _ENV}.
 */
public final class GlobalNames {
    private final List<Read> reads = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();
    private final List<Required> required = new ArrayList<>();
    private final Set<String> tested = new LinkedHashSet<>();
    private final Set<String> locals = new LinkedHashSet<>();
    private boolean open;

    /**
     * A place where a global is read.
     *
     * @param line from 1
     */
    public record Read(String name, int line) {}

    /**
     * A place where a global is assigned.
     *
     * @param line from 1
     * @param value what is assigned, as far as that is plain
     */
    public record Write(String name, int line, Value value) {}

    /** The assigned value: a function, a nil, or anything else. */
    public enum Value {
        FUNCTION, NIL, OTHER
    }

    /**
     * A call of {@code require} with a constant.
     *
     * @param module its argument
     * @param line from 1
     * @param optional whether it is called by {@code pcall}
     */
    public record Required(String module, int line, boolean optional) {}

    GlobalNames() {}

    /** The places where globals are read by their names, in the order of the source. */
    public List<Read> reads() {
        return reads;
    }

    /** The places where globals are assigned, also as fields of {@code _G} and with {@code rawset}. */
    public List<Write> writes() {
        return writes;
    }

    /** The modules that it requires by constant names. */
    public List<Required> required() {
        return required;
    }

    /** The globals that are compared, or used as conditions, somewhere: they may be absent. */
    public Set<String> tested() {
        return tested;
    }

    /** The names of all local variables and parameters. */
    public Set<String> locals() {
        return locals;
    }

    /**
     * Whether the chunk may define or find globals that its source does not name: it hands on {@code _G} or {@code _ENV}, changes
     * what they are, loads source, or requires a module whose name is computed.
     */
    public boolean isOpen() {
        return open;
    }

    void open() {
        open = true;
    }
}
