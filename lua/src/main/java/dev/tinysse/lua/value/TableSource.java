package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;

/**
 * Fills lazy tables, any number of them, each when it is first touched. It must leave the engine alone but for the table,
 * and is no value that a script could see.
 */
public abstract class TableSource extends LuaValue {

    /** What the hash of an unfilled table looks like: no key, and behind it this. */
    final LuaValue[] slots = {null, this};

    /**
     * Puts in what belongs into a table.
     *
     * @param table the empty table
     * @param meter what the table was made with, for tables that are put into it
     */
    protected abstract void fill(Table table, Meter meter);

    @Override
    public final int type() {
        return TNONE;
    }

    @Override
    public final String typename() {
        return "no value";
    }
}
