package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;

/** Entries of a table: its own, or others that take their place. A position is one in a traversal, at least 0. */
interface Contents {

    /** The value of a key, which is no integral float; nil if it has none. */
    LuaValue rawget(LuaValue key);

    /** Sets the value of a key, which is neither nil, NaN nor an integral float; nil removes it. */
    void rawset(LuaValue key, LuaValue value);

    /** A border: n such that n is 0 or has a value, and n+1 has none. */
    long border();

    /** The position behind that of a key; below 0 if there is no such key. */
    int positionAfter(LuaValue key);

    /** The first position at or behind one that has a value; below 0 if there is none. */
    int nextPosition(int position);

    /** The key at a position that {@link #nextPosition} gave. */
    LuaValue keyAt(int position);

    /** The value at a position that {@link #nextPosition} gave. */
    LuaValue valueAt(int position);
}
