package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The fields that a script has put on {@code pub} or {@code sub} beside those of the server, as they were when the hook returned.
 * Tables are copied, however they hang together; functions, objects and metatables are shared. Immutable.
 */
final class Snapshot {
    /** Nothing at all. */
    static final Snapshot NOTHING = new Snapshot(new SnapshotTable(null), false);

    private static final int ENTRY_BYTES = 32;
    private static final int TABLE_BYTES = 64;

    private final SnapshotTable root;
    private final boolean graph;

    private Snapshot(SnapshotTable root, boolean graph) {
        this.root = root;
        this.graph = graph;
    }

    /** Copies all of {@code table} but the reserved keys, within the limits of the running call. */
    static Snapshot of(LuaRuntime runtime, Table table, Set<LuaValue> reserved) {
        Copying copying = new Copying(runtime, reserved);
        SnapshotTable root = copying.all(table);
        return root.entries().length == 0 && root.metatable() == null ? NOTHING : new Snapshot(root, copying.graph);
    }

    /**
     * Keys that have been read.
     *
     * @param graph whether a table is in several places
     */
    static Snapshot of(SnapshotTable root, boolean graph) {
        return root.entries().length == 0 ? NOTHING : new Snapshot(root, graph);
    }

    String written(SnapshotWriter writer) {
        return writer.write(root);
    }

    /** Puts copies into {@code table}, the whole of which this is a part of. */
    void addTo(Table table, Meter meter) {
        if (graph) {
            root.addGraphTo(table, meter);
        } else {
            root.addTreeTo(table, meter);
        }
    }

    /** Whether it has a value of this key. */
    boolean has(LuaValue key) {
        for (int i = 0; i < root.entries().length; i += 2) {
            if (root.entries()[i].equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** How many entries there are. */
    int size() {
        return root.entries().length / 2;
    }

    /** The part of it that scripts of any engine can be given: no functions, objects and metatables. */
    Snapshot data() {
        return this == NOTHING ? this : new Snapshot(new Filtering().all(root), graph);
    }

    /** One copy being made; the tables wait in a queue, so that no depth is too deep. */
    private static final class Copying {
        private final LuaRuntime runtime;
        private final Set<LuaValue> reserved;
        private final Map<Table, SnapshotTable> copies = new IdentityHashMap<>();
        private final Deque<Table> open = new ArrayDeque<>();
        private boolean graph;

        Copying(LuaRuntime runtime, Set<LuaValue> reserved) {
            this.runtime = runtime;
            this.reserved = reserved;
        }

        SnapshotTable all(Table root) {
            SnapshotTable snapshot = copy(root);
            open.remove();
            snapshot.entries(entries(root, true));
            while (!open.isEmpty()) {
                Table next = open.remove();
                copies.get(next).entries(entries(next, false));
            }
            return snapshot;
        }

        private Object[] entries(Table table, boolean isRoot) {
            List<Object> entries = new ArrayList<>();
            for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
                LuaValue key = table.keyAt(at);
                if (!isRoot || !reserved.contains(key)) {
                    runtime.poll();
                    runtime.charge(ENTRY_BYTES);
                    entries.add(value(key));
                    entries.add(value(table.valueAt(at)));
                }
            }
            return entries.toArray();
        }

        private Object value(LuaValue value) {
            if (!(value instanceof Table table)) {
                return value;
            }
            SnapshotTable known = copies.get(table);
            graph |= known != null;
            return known == null ? copy(table) : known;
        }

        private SnapshotTable copy(Table table) {
            runtime.charge(TABLE_BYTES);
            SnapshotTable snapshot = new SnapshotTable(table.metatable());
            copies.put(table, snapshot);
            open.add(table);
            return snapshot;
        }
    }

    /** A copy without what belongs to one engine. */
    private static final class Filtering {
        private final Map<SnapshotTable, SnapshotTable> copies = new IdentityHashMap<>();
        private final Deque<SnapshotTable> open = new ArrayDeque<>();

        SnapshotTable all(SnapshotTable root) {
            SnapshotTable copy = copy(root);
            while (!open.isEmpty()) {
                SnapshotTable next = open.remove();
                copies.get(next).entries(entries(next.entries()));
            }
            return copy;
        }

        private Object[] entries(Object[] entries) {
            List<Object> filtered = new ArrayList<>();
            for (int i = 0; i < entries.length; i += 2) {
                if (isData(entries[i]) && isData(entries[i + 1])) {
                    filtered.add(value(entries[i]));
                    filtered.add(value(entries[i + 1]));
                }
            }
            return filtered.toArray();
        }

        private Object value(Object entry) {
            return entry instanceof SnapshotTable snapshot ? copy(snapshot) : entry;
        }

        private SnapshotTable copy(SnapshotTable snapshot) {
            return copies.computeIfAbsent(snapshot, absent -> {
                open.add(absent);
                return new SnapshotTable(null);
            });
        }

        private static boolean isData(Object entry) {
            return switch (entry) {
                case SnapshotTable _,LuaString _,LuaBoolean _,LuaInteger _,LuaFloat _ -> true;
                default -> entry == Null.VALUE;
            };
        }
    }
}
