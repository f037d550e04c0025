package dev.tinysse.luahooks.tables;

import java.util.IdentityHashMap;
import java.util.Map;

import org.luaj.vm2.LuaValue;

import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.TableSource;

/**
 * A copy of a table of a script that is kept between calls and that no script ever sees: each call gets copies of it, made
 * level by level when they are first touched. Immutable once its entries are set.
 */
final class KeptTable extends TableSource {
    private static final LuaValue[] NOTHING = {};

    private final Table metatable;
    private LuaValue[] entries = NOTHING;

    /** @param metatable what the copies have, null for none; it is shared, not copied */
    KeptTable(Table metatable) {
        this.metatable = metatable;
    }

    Table metatable() {
        return metatable;
    }

    /** Keys and values in turn; kept tables stand for tables. */
    LuaValue[] entries() {
        return entries;
    }

    void entries(LuaValue[] keysAndValues) {
        entries = keysAndValues;
    }

    @Override
    protected void fill(Table table, Meter meter) {
        fill(table, kept -> kept.copy(meter));
    }

    private void fill(Table table, Copies copies) {
        for (int i = 0; i < entries.length; i += 2) {
            table.rawset(copies.value(entries[i]), copies.value(entries[i + 1]));
        }
    }

    private Table copy(Meter meter) {
        return lazy(meter, this);
    }

    private Table lazy(Meter meter, TableSource source) {
        Table copy = Table.lazy(meter, source);
        copy.metatable(metatable);
        return copy;
    }

    /** Puts copies of the entries into {@code table}, for tables that are in only one place each. */
    void addTreeTo(Table table, Meter meter) {
        table.metatable(metatable);
        fill(table, meter);
    }

    /** Puts copies of the entries into {@code table}; a table that is in many places stays one, and this one is {@code table}. */
    void addGraphTo(Table table, Meter meter) {
        table.metatable(metatable);
        Graph graph = new Graph(meter);
        graph.copies.put(this, table);
        fill(table, graph);
    }

    /** Gives the copy of a kept table within one call. */
    @FunctionalInterface
    private interface Copies {
        Table of(KeptTable kept);

        default LuaValue value(LuaValue value) {
            return value instanceof KeptTable kept ? of(kept) : value;
        }
    }

    /** The copies within one call that have been made already. */
    private static final class Graph implements Copies {
        private final Map<KeptTable, Table> copies = new IdentityHashMap<>();
        private final Meter meter;

        Graph(Meter meter) {
            this.meter = meter;
        }

        @Override
        public Table of(KeptTable kept) {
            return copies.computeIfAbsent(kept, source -> source.lazy(meter, new Part(source, this)));
        }
    }

    private static final class Part extends TableSource {
        private final KeptTable kept;
        private final Graph graph;

        Part(KeptTable kept, Graph graph) {
            this.kept = kept;
            this.graph = graph;
        }

        @Override
        protected void fill(Table table, Meter meter) {
            kept.fill(table, graph);
        }
    }
}
