package dev.tinysse.lua.function;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import org.luaj.vm2.LuaValue;

/** Builds the table of a library, function by function. */
public final class LibraryTable {

    private final LuaRuntime runtime;
    private final String prefix;
    private final Table table;

    private LibraryTable(LuaRuntime runtime, String prefix, Table table) {
        this.runtime = runtime;
        this.prefix = prefix;
        this.table = table;
    }

    /** A new table for the library {@code name}; its functions are called {@code name.function} in messages. */
    public static LibraryTable named(LuaRuntime runtime, String name) {
        return new LibraryTable(runtime, name + ".", runtime.newTable());
    }

    /** Adds to {@code table}, whose functions have no library in their name: globals, and methods of objects. */
    public static LibraryTable into(LuaRuntime runtime, Table table) {
        return new LibraryTable(runtime, "", table);
    }

    /** Adds a function. */
    public LibraryTable add(String name, Builtin.Body body) {
        return add(name, Builtin.of(runtime, prefix + name, body));
    }

    /** Adds any value. */
    public LibraryTable add(String name, LuaValue value) {
        table.rawset(Strings.of(name), value);
        return this;
    }

    /** The table with all that was added. */
    public Table table() {
        return table;
    }

    /** Makes the table the global {@code name} and what {@code require} finds under that name. */
    public void install(String name) {
        runtime.globals().rawset(Strings.of(name), table);
        runtime.loaded().rawset(Strings.of(name), table);
    }
}
