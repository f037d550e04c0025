package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Table;
import org.luaj.vm2.LuaValue;

/**
 * Tables that are arrays for JSON whatever they hold, also nothing. The mark is a metatable that scripts can neither see
 * nor change.
 */
public final class ArrayTables {

    private static final String REGISTERED = "json.array";

    private ArrayTables() {}

    /** Marks {@code table}, in place of the metatable that it has, and gives it back. */
    public static Table mark(LuaRuntime runtime, Table table) {
        table.metatable(markOf(runtime));
        return table;
    }

    /** Whether {@code table} is marked. */
    public static boolean marked(LuaRuntime runtime, Table table) {
        return table.metatable() != null && table.metatable() == markOf(runtime);
    }

    /** The mark: the metatable of such tables. */
    public static Table markOf(LuaRuntime runtime) {
        if (runtime.registry().rawget(REGISTERED) instanceof Table mark) {
            return mark;
        }
        Table mark = runtime.newTable();
        mark.rawset(Metatables.METATABLE, LuaValue.FALSE);
        runtime.registry().rawset(REGISTERED, mark);
        return mark;
    }
}
