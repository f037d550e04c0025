package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Meter;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.Null;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * What a script has put on {@code pub} or {@code sub} beside {@code req} and {@code msg}, as it was when the hook returned.
 * Tables are copied, however they hang together; functions, objects and metatables are shared. Immutable.
 */
final class Kept {
    /** Nothing at all. */
    static final Kept NOTHING = new Kept(new KeptTable(null), false);

    private static final int ENTRY_BYTES = 32;
    private static final int TABLE_BYTES = 64;

    private final KeptTable root;
    private final boolean graph;

    private Kept(KeptTable root, boolean graph) {
        this.root = root;
        this.graph = graph;
    }

    /** Copies all of {@code table} but {@code req} and {@code msg}, within the limits of the running call. */
    static Kept of(LuaRuntime runtime, Table table) {
        Copying copying = new Copying(runtime);
        KeptTable root = copying.all(table);
        return root.entries().length == 0 && root.metatable() == null ? NOTHING : new Kept(root, copying.graph);
    }

    /** Puts copies into {@code table}, the whole of which this is a part of. */
    void addTo(Table table, Meter meter) {
        if (graph) {
            root.addGraphTo(table, meter);
        } else {
            root.addTreeTo(table, meter);
        }
    }

    /** How many entries there are. */
    int size() {
        return root.entries().length / 2;
    }

    /** The part of it that scripts of any engine can be given: no functions, objects and metatables. */
    Kept data() {
        return this == NOTHING ? this : new Kept(new Sifting().all(root), graph);
    }

    /** One copy being made; the tables wait in a queue, so that no depth is too deep. */
    private static final class Copying {
        private final LuaRuntime runtime;
        private final Map<Table, KeptTable> copies = new IdentityHashMap<>();
        private final Deque<Table> open = new ArrayDeque<>();
        private boolean graph;

        Copying(LuaRuntime runtime) {
            this.runtime = runtime;
        }

        KeptTable all(Table root) {
            KeptTable kept = copy(root);
            open.remove();
            kept.entries(entries(root, true));
            while (!open.isEmpty()) {
                Table next = open.remove();
                copies.get(next).entries(entries(next, false));
            }
            return kept;
        }

        private Object[] entries(Table table, boolean isRoot) {
            List<Object> entries = new ArrayList<>();
            for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
                LuaValue key = table.keyAt(at);
                if (!isRoot || !key.equals(Keys.REQ) && !key.equals(Keys.MSG)) {
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
            KeptTable known = copies.get(table);
            graph |= known != null;
            return known == null ? copy(table) : known;
        }

        private KeptTable copy(Table table) {
            runtime.charge(TABLE_BYTES);
            KeptTable kept = new KeptTable(table.metatable());
            copies.put(table, kept);
            open.add(table);
            return kept;
        }
    }

    /** A copy without what belongs to one engine. */
    private static final class Sifting {
        private final Map<KeptTable, KeptTable> copies = new IdentityHashMap<>();
        private final Deque<KeptTable> open = new ArrayDeque<>();

        KeptTable all(KeptTable root) {
            KeptTable copy = copy(root);
            while (!open.isEmpty()) {
                KeptTable next = open.remove();
                copies.get(next).entries(entries(next.entries()));
            }
            return copy;
        }

        private Object[] entries(Object[] entries) {
            List<Object> sifted = new ArrayList<>();
            for (int i = 0; i < entries.length; i += 2) {
                if (isData(entries[i]) && isData(entries[i + 1])) {
                    sifted.add(value(entries[i]));
                    sifted.add(value(entries[i + 1]));
                }
            }
            return sifted.toArray();
        }

        private Object value(Object entry) {
            return entry instanceof KeptTable kept ? copy(kept) : entry;
        }

        private KeptTable copy(KeptTable kept) {
            return copies.computeIfAbsent(kept, absent -> {
                open.add(absent);
                return new KeptTable(null);
            });
        }

        private static boolean isData(Object entry) {
            return switch (entry) {
                case KeptTable _,LuaString _,LuaBoolean _,LuaInteger _,LuaFloat _ -> true;
                default -> entry == Null.VALUE;
            };
        }
    }
}
