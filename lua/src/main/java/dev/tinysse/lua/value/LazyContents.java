package dev.tinysse.lua.value;

import java.util.function.Consumer;
import org.luaj.vm2.LuaValue;

/** The entries of a table that is filled when it is first looked at. */
record LazyContents(Consumer<Table> filler) implements Contents {

    @Override
    public LuaValue get(Table table, LuaValue key) {
        return table.filled(filler).rawget(key);
    }

    @Override
    public void put(Table table, LuaValue key, LuaValue value) {
        table.filled(filler).rawset(key, value);
    }

    @Override
    public long border(Table table) {
        return table.filled(filler).border();
    }

    @Override
    public int positionAfter(Table table, LuaValue key) {
        return table.filled(filler).positionAfter(key);
    }

    @Override
    public int nextPosition(Table table, int position) {
        return table.filled(filler).nextPosition(position);
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
