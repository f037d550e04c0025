package dev.tinysse.luahooks.packages.json;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import org.luaj.vm2.LuaValue;

/** A table of which some elements have been written, and which comes next. */
final class OpenTable {

    private static final int NOT_STARTED = -1;

    private final Table table;
    /** The number of elements of an array, below 0 for an object. */
    private final long length;
    private long index;
    private int position = NOT_STARTED;

    private OpenTable(Table table, long length) {
        this.table = table;
        this.length = length;
    }

    /** A table with elements or a mark is an array, any other an object. Metatables do not count. */
    static OpenTable of(LuaRuntime runtime, Table table) {
        long border = table.border();
        return new OpenTable(table, border > 0 || ArrayTables.marked(runtime, table) ? border : -1);
    }

    Table table() {
        return table;
    }

    boolean isArray() {
        return length >= 0;
    }

    /** Whether {@link #next} has found something. */
    boolean started() {
        return index > 0 || position >= 0;
    }

    /** Goes to the next element, if there is one. */
    boolean next() {
        if (isArray()) {
            return index < length && ++index > 0;
        }
        int following = table.nextPosition(position + 1);
        if (following >= 0) {
            position = following;
        }
        return following >= 0;
    }

    LuaValue key() {
        return isArray() ? LuaInteger.of(index) : table.keyAt(position);
    }

    LuaValue value() {
        return isArray() ? table.rawget(index) : table.valueAt(position);
    }
}
