package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;

/** The entries of a table that keeps none in its own array and hash. */
interface Contents {

    /** The value of a key, which is no integral float; nil if it has none. */
    LuaValue get(Table table, LuaValue key);

    /** Sets the value of a key, which is neither nil, NaN nor an integral float. */
    void put(Table table, LuaValue key, LuaValue value);

    /** See {@link Table#border}. */
    long border(Table table);

    /** See {@link Table#positionAfter}; the key is not nil. */
    int positionAfter(Table table, LuaValue key);

    /** See {@link Table#nextPosition}. */
    int nextPosition(Table table, int position);

    /** See {@link Table#keyAt}. */
    LuaValue keyAt(int position);

    /** See {@link Table#valueAt}. */
    LuaValue valueAt(int position);
}
