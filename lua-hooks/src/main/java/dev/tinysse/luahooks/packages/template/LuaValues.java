package dev.tinysse.luahooks.packages.template;

import dev.tinysse.jinja.Value;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.jinja.Value.Sequence;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Makes values of templates of those inside of a table. The tables above are known, because a table in itself is of no
 * use to a template.
 */
public final class LuaValues {

    private static final int WRAPPER_BYTES = 160;

    private final LuaRuntime runtime;
    private final Table table;
    /** Those of the table around, null for the outermost. */
    private final LuaValues outer;
    /** The inner tables that templates have used. */
    private final Map<Table, Value> inner = new HashMap<>();

    private LuaValues(LuaRuntime runtime, Table table, LuaValues outer) {
        this.runtime = runtime;
        this.table = table;
        this.outer = outer;
    }

    /**
     * A table as the names that a template sees; a list has no names.
     *
     * @return empty if the table holds itself
     */
    public static Optional<Mapping> context(LuaRuntime runtime, Table table) {
        var values = new LuaValues(runtime, table, null);
        return switch (values.wrapped()) {
            case Mapping names -> Optional.of(names);
            case Sequence _ -> Optional.of(new LuaMapping(runtime.newTable(), values::value));
            default -> Optional.empty();
        };
    }

    /** A list if the table has a first element or is marked as an array, otherwise a map. */
    private Value wrapped() {
        runtime.charge(WRAPPER_BYTES);
        if (holdsATableAbove()) {
            return new Value.Unusable("recursive table detected");
        }
        long length = table.border();
        return length > 0 || ArrayTables.marked(runtime, table)
                ? new LuaSequence(table, Math.toIntExact(length), this::value)
                : new LuaMapping(table, this::value);
    }

    private boolean holdsATableAbove() {
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            if (table.valueAt(at) instanceof Table child && isOpen(child)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOpen(Table child) {
        for (LuaValues level = this; level != null; level = level.outer) {
            runtime.poll();
            if (level.table == child) {
                return true;
            }
        }
        return false;
    }

    /** A value of the table. */
    private Value value(LuaValue value) {
        return switch (value) {
            case LuaString text -> Value.of(Strings.text(text));
            case LuaInteger integer -> Value.of(integer.value);
            case LuaFloat f -> Value.of(f.value);
            case Table child -> inner.computeIfAbsent(child, _ -> new LuaValues(runtime, child, this).wrapped());
            default -> scalar(value);
        };
    }

    private static Value scalar(LuaValue value) {
        if (value.isboolean()) {
            return Value.of(value == LuaValue.TRUE);
        }
        return value.isnil() || value == Null.VALUE
                ? Value.NONE
                : new Value.Unusable("cannot serialize <" + value.typename() + ">");
    }
}
