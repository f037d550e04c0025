package dev.tinysse.lua.value;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The hash of a table: open addressing, key and value side by side in one array. A removed key stays in its slot with a
 * nil value until the hash is rebuilt, so that a traversal may remove what it visits.
 */
abstract class HashPart extends LuaValue {

    private static final LuaValue[] VACANT = new LuaValue[2];
    private static final int SLOT_BYTES = 8;

    private final Meter meter;
    private LuaValue[] slots = VACANT;
    /** Slots with a key, live or removed. */
    private int used;

    HashPart(Meter meter) {
        this.meter = meter;
    }

    @Override
    public final int type() {
        return TTABLE;
    }

    @Override
    public final String typename() {
        return "table";
    }

    @Override
    public final boolean istable() {
        return true;
    }

    final void charge(long bytes) {
        if (meter != null) {
            meter.charge(bytes);
        }
    }

    /** Makes room for {@code entries} keys in an empty hash. */
    final void reserveHash(int entries) {
        if (entries > 0) {
            resize(capacityFor(entries));
        }
    }

    final void clearHash() {
        slots = VACANT;
        used = 0;
    }

    final boolean hashEmpty() {
        return used == 0;
    }

    final int slotCount() {
        return slots.length;
    }

    final LuaValue slotKey(int at) {
        return slots[at];
    }

    final LuaValue slotValue(int at) {
        return slots[at + 1];
    }

    final LuaValue hashGet(LuaString key) {
        LuaValue[] s = slots;
        int mask = s.length - 2;
        for (int i = mix(key.hashCode()) & mask;; i = i + 2 & mask) {
            LuaValue k = s[i];
            if (k == key) {
                return s[i + 1];
            }
            if (k == null) {
                return NIL;
            }
            if (k instanceof LuaString other && other.raweq(key)) {
                return s[i + 1];
            }
        }
    }

    final LuaValue hashGet(long key) {
        LuaValue[] s = slots;
        int mask = s.length - 2;
        for (int i = mix(Long.hashCode(key)) & mask;; i = i + 2 & mask) {
            LuaValue k = s[i];
            if (k == null) {
                return NIL;
            }
            if (k instanceof LuaInteger other && other.value == key) {
                return s[i + 1];
            }
        }
    }

    /** Any key but an integral float. */
    final LuaValue hashGet(LuaValue key) {
        int at = find(key);
        return at < 0 ? NIL : slots[at + 1];
    }

    /** The slot of {@code key}, also of a removed one; below 0 if it has none. */
    final int find(LuaValue key) {
        LuaValue[] s = slots;
        int mask = s.length - 2;
        for (int i = mix(key.hashCode()) & mask;; i = i + 2 & mask) {
            LuaValue k = s[i];
            if (k == null) {
                return -1;
            }
            if (k == key || k.equals(key)) {
                return i;
            }
        }
    }

    /** Sets the value of a key that has a slot, or adds the key; nil for a key without a slot changes nothing. */
    final void hashPut(LuaValue key, LuaValue value) {
        LuaValue[] s = slots;
        int mask = s.length - 2;
        for (int i = mix(key.hashCode()) & mask;; i = i + 2 & mask) {
            LuaValue k = s[i];
            if (k == null) {
                if (!putElsewhere(key, value) && value != NIL) {
                    insert(i, key, value);
                }
                return;
            }
            if (k == key || k.equals(key)) {
                s[i + 1] = value;
                return;
            }
        }
    }

    /** Takes an integer key out for good, with its slot. Not during a traversal. */
    final void hashRemove(long key) {
        int hole = find(LuaInteger.of(key));
        int mask = slots.length - 2;
        for (int i = hole + 2 & mask; slots[i] != null; i = i + 2 & mask) {
            int home = mix(slots[i].hashCode()) & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                slots[hole] = slots[i];
                slots[hole + 1] = slots[i + 1];
                hole = i;
            }
        }
        slots[hole] = null;
        slots[hole + 1] = null;
        used--;
    }

    /** Puts a new entry where this table keeps its entries, if that is not here. */
    abstract boolean putElsewhere(LuaValue key, LuaValue value);

    private void insert(int at, LuaValue key, LuaValue value) {
        if ((used + 1) * 8 > slots.length * 3) {
            rebuild();
            place(slots, key, value);
        } else {
            slots[at] = key;
            slots[at + 1] = value;
        }
        used++;
    }

    private void rebuild() {
        int live = 0;
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != null && slots[i + 1] != NIL) {
                live++;
            }
        }
        resize(capacityFor(live + live / 2 + 1));
    }

    private void resize(int capacity) {
        charge((long) capacity * SLOT_BYTES);
        LuaValue[] fresh = new LuaValue[2 * capacity];
        int live = 0;
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != null && slots[i + 1] != NIL) {
                place(fresh, slots[i], slots[i + 1]);
                live++;
            }
        }
        slots = fresh;
        used = live;
    }

    private static void place(LuaValue[] s, LuaValue key, LuaValue value) {
        int mask = s.length - 2;
        int i = mix(key.hashCode()) & mask;
        while (s[i] != null) {
            i = i + 2 & mask;
        }
        s[i] = key;
        s[i + 1] = value;
    }

    /** The power of two that leaves a quarter of the slots free. */
    private static int capacityFor(int entries) {
        int wanted = entries + entries / 3 + 1;
        return Math.max(4, Integer.highestOneBit(wanted - 1) << 1);
    }

    /** An even index before masking. */
    private static int mix(int hash) {
        int spread = hash * 0x9E3779B9;
        return (spread ^ spread >>> 15) << 1;
    }
}
