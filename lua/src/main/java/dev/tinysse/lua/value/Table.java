package dev.tinysse.lua.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * A table: an array for the keys 1 to n and a hash for the rest. All access here is raw; metamethods are the business of
 * the package {@code runtime}. For one thread at a time.
 */
public final class Table extends ArrayPart implements Contents {

    private static final LuaString MODE = Strings.of("__mode");
    private static final int BYTES = 64;

    private Table metatable;
    /** Where the entries are if not here, else null. */
    private Contents elsewhere;

    /** An empty table whose growth {@code meter} counts, if it is not null; for the table itself see {@link #bytes}. */
    public Table(Meter meter) {
        super(meter);
    }

    /** An empty table with room for {@code elements} in the array and {@code entries} in the hash. */
    public Table(Meter meter, int elements, int entries) {
        super(meter);
        reserveArray(elements);
        reserveHash(entries);
    }

    /**
     * The size of a new table with room for {@code elements}. The maker of the table counts it, because it knows the meter:
     * that much cheaper is an empty table, and most are made only to hold two or three values.
     */
    public static long bytes(int elements) {
        return BYTES + (long) elements * ELEMENT_BYTES;
    }

    /** The metatable, null if there is none. */
    public Table metatable() {
        return metatable;
    }

    /** Changes the metatable; null removes it. {@code __mode} is looked at now, not later. */
    public void metatable(Table changed) {
        metatable = changed;
        LuaValue mode = changed == null ? NIL : changed.rawget(MODE);
        if (mode instanceof LuaString || elsewhere instanceof WeakEntries) {
            String text = mode instanceof LuaString letters ? Strings.text(letters) : "";
            hold(text.indexOf('k') >= 0, text.indexOf('v') >= 0);
        }
    }

    /** Moves all entries to where they are held weakly, or back. */
    private void hold(boolean weakKeys, boolean weakValues) {
        List<LuaValue> entries = new ArrayList<>();
        for (int i = nextPosition(0); i >= 0; i = nextPosition(i + 1)) {
            entries.add(keyAt(i));
            entries.add(valueAt(i));
        }
        clear();
        elsewhere = weakKeys || weakValues ? new WeakEntries(weakKeys, weakValues) : null;
        for (int i = 0; i < entries.size(); i += 2) {
            if (entries.get(i) != NIL) {
                rawset(entries.get(i), entries.get(i + 1));
            }
        }
    }

    private void clear() {
        array = NOVALS;
        count = 0;
        clearHash();
    }

    /**
     * A table that {@code filler} fills when somebody first looks at it or puts something in. {@link #isUntouched} tells
     * whether that has happened.
     */
    public static Table lazy(Meter meter, Consumer<Table> filler) {
        Table table = new Table(meter);
        table.charge(bytes(0));
        table.elsewhere = table.new Unfilled(filler);
        return table;
    }

    /** Whether this is a lazy table that nobody has looked at. */
    public boolean isUntouched() {
        return elsewhere instanceof Unfilled;
    }

    /** Whether this is a lazy table that nobody has looked at, and that {@code filler} would fill. */
    public boolean isUntouched(Consumer<Table> filler) {
        return elsewhere instanceof Unfilled unfilled && unfilled.filler == filler;
    }

    /** Makes room for {@code entries} string keys in an empty table. */
    public void reserve(int entries) {
        reserveHash(entries);
    }

    @Override
    boolean putElsewhere(LuaValue key, LuaValue value) {
        if (elsewhere == null) {
            return false;
        }
        elsewhere.rawset(key, value);
        return true;
    }

    /** The value of {@code key}, nil if it has none. */
    @Override
    public LuaValue rawget(LuaValue key) {
        if (key instanceof LuaString string) {
            return rawget(string);
        }
        if (key instanceof LuaInteger integer) {
            return rawget(integer.value);
        }
        if (key instanceof LuaFloat f && f.hasInteger()) {
            return rawget((long) f.value);
        }
        if (key == NIL) {
            return NIL;
        }
        return elsewhere == null ? hashGet(key) : elsewhere.rawget(key);
    }

    /** The value of a string key, nil if it has none. */
    public LuaValue rawget(LuaString key) {
        LuaValue value = hashGet(key);
        return value == NIL && elsewhere != null ? elsewhere.rawget(key) : value;
    }

    /** The value of a string key, nil if it has none. */
    @Override
    public LuaValue rawget(String key) {
        return rawget(Strings.of(key));
    }

    /** The value of an integer key, nil if it has none. */
    public LuaValue rawget(long key) {
        long at = key - 1;
        if (at >= 0 && at < count) {
            return array[(int) at];
        }
        if (elsewhere != null) {
            return elsewhere.rawget(LuaInteger.of(key));
        }
        return hashEmpty() ? NIL : hashGet(key);
    }

    @Override
    public LuaValue rawget(int key) {
        return rawget((long) key);
    }

    /**
     * Sets the value of {@code key}; nil removes it.
     *
     * @throws IllegalArgumentException if the key is nil or NaN
     */
    @Override
    public void rawset(LuaValue key, LuaValue value) {
        if (key instanceof LuaInteger integer) {
            rawset(integer.value, value);
        } else if (key instanceof LuaFloat f) {
            if (f.hasInteger()) {
                rawset((long) f.value, value);
            } else if (!Double.isNaN(f.value)) {
                hashPut(key, value);
            } else {
                throw new IllegalArgumentException("index is NaN");
            }
        } else if (key == NIL) {
            throw new IllegalArgumentException("index is nil");
        } else {
            hashPut(key, value);
        }
    }

    /** Sets the value of a string key; nil removes it. */
    @Override
    public void rawset(String key, LuaValue value) {
        hashPut(Strings.of(key), value);
    }

    /** Sets the value of a string key; nil removes it. */
    public void rawset(LuaString key, LuaValue value) {
        hashPut(key, value);
    }

    /** Sets the value of an integer key; nil removes it. */
    public void rawset(long key, LuaValue value) {
        long at = key - 1;
        if (at >= 0 && at < count) {
            array[(int) at] = value;
            if (value == NIL && key == count) {
                shrink();
            }
        } else if (at == count && value != NIL && elsewhere == null) {
            append(value);
        } else {
            hashPut(LuaInteger.of(key), value);
        }
    }

    @Override
    public void rawset(int key, LuaValue value) {
        rawset((long) key, value);
    }

    /** A border: n such that n is 0 or has a value, and n+1 has none. */
    @Override
    public long border() {
        if (elsewhere != null) {
            return elsewhere.border();
        }
        return arrayBorder();
    }

    @Override
    public int length() {
        return (int) border();
    }

    @Override
    public int rawlen() {
        return length();
    }

    /**
     * The position after that of {@code key} in a traversal, 0 after nil.
     *
     * @return below 0 if the table has no such key
     */
    @Override
    public int positionAfter(LuaValue key) {
        if (key == NIL) {
            return 0;
        }
        LuaValue plain = key instanceof LuaFloat f && f.hasInteger() ? LuaInteger.of((long) f.value) : key;
        if (elsewhere != null) {
            return elsewhere.positionAfter(plain);
        }
        if (plain instanceof LuaInteger integer && integer.value >= 1 && integer.value <= count) {
            return (int) integer.value;
        }
        int slot = find(plain);
        if (slot >= 0) {
            return array.length + slot / 2 + 1;
        }
        boolean cutOff = plain instanceof LuaInteger integer && integer.value >= 1 && integer.value <= array.length;
        return cutOff ? array.length : -1;
    }

    /** The first position at or behind {@code position} that has a value; below 0 if there is none. */
    @Override
    public int nextPosition(int position) {
        if (elsewhere != null) {
            return elsewhere.nextPosition(position);
        }
        for (int i = position; i < count; i++) {
            if (array[i] != NIL) {
                return i;
            }
        }
        int slots = slotCount() / 2;
        for (int i = Math.max(0, position - array.length); i < slots; i++) {
            if (slotKey(2 * i) != null && slotValue(2 * i) != NIL) {
                return array.length + i;
            }
        }
        return -1;
    }

    /** The key at a position that {@link #nextPosition} gave. */
    @Override
    public LuaValue keyAt(int position) {
        if (elsewhere != null) {
            return elsewhere.keyAt(position);
        }
        return position < array.length ? LuaInteger.of(position + 1L) : slotKey(2 * (position - array.length));
    }

    /** The value at a position that {@link #nextPosition} gave. */
    @Override
    public LuaValue valueAt(int position) {
        if (elsewhere != null) {
            return elsewhere.valueAt(position);
        }
        return position < array.length ? array[position] : slotValue(2 * (position - array.length));
    }

    /** In the place of the entries of a lazy table that nobody has looked at: fills it at the first look. */
    private final class Unfilled implements Contents {
        private final Consumer<Table> filler;

        Unfilled(Consumer<Table> filler) {
            this.filler = filler;
        }

        private Table filled() {
            elsewhere = null;
            filler.accept(Table.this);
            return Table.this;
        }

        @Override
        public LuaValue rawget(LuaValue key) {
            return filled().rawget(key);
        }

        @Override
        public void rawset(LuaValue key, LuaValue value) {
            filled().rawset(key, value);
        }

        @Override
        public long border() {
            return filled().border();
        }

        @Override
        public int positionAfter(LuaValue key) {
            return filled().positionAfter(key);
        }

        @Override
        public int nextPosition(int position) {
            return filled().nextPosition(position);
        }

        @Override
        public LuaValue keyAt(int position) {
            throw new IllegalStateException("a table is filled before it is traversed");
        }

        @Override
        public LuaValue valueAt(int position) {
            throw new IllegalStateException("a table is filled before it is traversed");
        }
    }
}
