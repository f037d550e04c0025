package dev.tinysse.lua.value;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.luaj.vm2.LuaValue;

/**
 * The entries of a weak table (reference manual §2.5.4). An entry goes when the JVM has collected its key or value.
 * Strings, numbers and booleans are values, not objects, and stay.
 */
final class WeakEntries implements Contents {

    /** A key or value that may be collected. */
    private static final class Reference extends WeakReference<LuaValue> {
        private final int hash;

        Reference(LuaValue object) {
            super(object);
            hash = object.hashCode();
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Reference that && get() != null && get() == that.get();
        }
    }

    private static final class Entry {
        final Object key;
        Object value;

        Entry(Object key, Object value) {
            this.key = key;
            this.value = value;
        }
    }

    private final boolean weakKeys;
    private final boolean weakValues;
    private final Map<Object, Integer> positions = new HashMap<>();
    private List<Entry> entries = new ArrayList<>();

    WeakEntries(boolean weakKeys, boolean weakValues) {
        this.weakKeys = weakKeys;
        this.weakValues = weakValues;
    }

    private static Object held(LuaValue value, boolean weakly) {
        boolean collectable = switch (value.type()) {
            case LuaValue.TTABLE, LuaValue.TFUNCTION, LuaValue.TTHREAD, LuaValue.TUSERDATA -> true;
            default -> false;
        };
        return weakly && collectable ? new Reference(value) : value;
    }

    /** The value that {@code held} stands for; null if it is gone. */
    private static LuaValue value(Object held) {
        return held instanceof Reference reference ? reference.get() : (LuaValue) held;
    }

    @Override
    public LuaValue rawget(LuaValue key) {
        Integer position = positions.get(held(key, weakKeys));
        LuaValue value = position == null ? null : value(entries.get(position).value);
        return Objects.requireNonNullElse(value, LuaValue.NIL);
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        Object holder = held(key, weakKeys);
        Integer position = positions.get(holder);
        if (position != null) {
            entries.get(position).value = held(value, weakValues);
        } else if (value != LuaValue.NIL) {
            if (entries.size() > 2 * positions.size() + 16 || Integer.bitCount(entries.size()) == 1) {
                compact();
            }
            positions.put(holder, entries.size());
            entries.add(new Entry(holder, held(value, weakValues)));
        }
    }

    /** Forgets what is gone. */
    private void compact() {
        List<Entry> all = entries;
        entries = new ArrayList<>();
        positions.clear();
        for (Entry entry : all) {
            if (isLive(entry)) {
                positions.put(entry.key, entries.size());
                entries.add(entry);
            }
        }
    }

    private static boolean isLive(Entry entry) {
        LuaValue value = value(entry.value);
        return value != null && value != LuaValue.NIL && value(entry.key) != null;
    }

    @Override
    public long border() {
        long n = 0;
        while (rawget(LuaInteger.of(n + 1)) != LuaValue.NIL) {
            n++;
        }
        return n;
    }

    @Override
    public int positionAfter(LuaValue key) {
        Integer position = positions.get(held(key, weakKeys));
        return position == null ? -1 : position + 1;
    }

    @Override
    public int nextPosition(int position) {
        for (int i = position; i < entries.size(); i++) {
            if (isLive(entries.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The key at a position, nil if it is gone by now. */
    @Override
    public LuaValue keyAt(int position) {
        return Objects.requireNonNullElse(value(entries.get(position).key), LuaValue.NIL);
    }

    /** The value at a position, nil if it is gone by now. */
    @Override
    public LuaValue valueAt(int position) {
        return Objects.requireNonNullElse(value(entries.get(position).value), LuaValue.NIL);
    }
}
