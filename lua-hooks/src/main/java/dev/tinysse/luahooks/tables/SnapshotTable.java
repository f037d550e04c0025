package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/**
 * A copy of a table of a script that remains between calls and that no script ever sees: each call gets copies of it, made
 * level by level when they are first touched. Immutable once its entries are set.
 */
final class SnapshotTable {
    private static final Object[] NOTHING = {};

    private final Table metatable;
    private Object[] entries = NOTHING;

    /** @param metatable what the copies have, null for none; it is shared, not copied */
    SnapshotTable(Table metatable) {
        this.metatable = metatable;
    }

    Table metatable() {
        return metatable;
    }

    /** Keys and values in turn; each is a value of Lua or, for a table, another one of these. */
    Object[] entries() {
        return entries;
    }

    void entries(Object[] keysAndValues) {
        entries = keysAndValues;
    }

    /** Puts copies of the entries into {@code table}, for tables that are in one place only. */
    void addTreeTo(Table table, Meter meter) {
        decorate(table);
        fillTree(table, meter);
    }

    private void fillTree(Table table, Meter meter) {
        fill(table, snapshot -> snapshot.decorate(Table.lazy(meter, copy -> snapshot.fillTree(copy, meter))));
    }

    /** Puts copies of the entries into {@code table}: what is one table in here stays one, and this one is {@code table}. */
    void addGraphTo(Table table, Meter meter) {
        decorate(table);
        Map<SnapshotTable, Table> copies = new IdentityHashMap<>();
        copies.put(this, table);
        fillGraph(table, meter, copies);
    }

    private void fillGraph(Table table, Meter meter, Map<SnapshotTable, Table> copies) {
        fill(table, snapshot -> copies.computeIfAbsent(snapshot,
                absent -> absent.decorate(Table.lazy(meter, copy -> absent.fillGraph(copy, meter, copies)))));
    }

    private Table decorate(Table table) {
        if (metatable != null) {
            table.metatable(metatable);
        }
        return table;
    }

    private void fill(Table table, Function<SnapshotTable, Table> copies) {
        for (int i = 0; i < entries.length; i += 2) {
            table.rawset(value(entries[i], copies), value(entries[i + 1], copies));
        }
    }

    private static LuaValue value(Object entry, Function<SnapshotTable, Table> copies) {
        return entry instanceof SnapshotTable snapshot ? copies.apply(snapshot) : (LuaValue) entry;
    }
}
