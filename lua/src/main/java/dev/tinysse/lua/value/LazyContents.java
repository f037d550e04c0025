package dev.tinysse.lua.value;

import java.util.function.Supplier;
import org.luaj.vm2.LuaValue;

/**
 * The entries of a table that is filled when it is first looked at.
 *
 * @param filler what fills it
 * @param filled fills it, and gives its own entries
 */
record LazyContents(Object filler, Supplier<Contents> filled) implements Contents {

    @Override
    public LuaValue rawget(LuaValue key) {
        return filled.get().rawget(key);
    }

    @Override
    public void rawset(LuaValue key, LuaValue value) {
        filled.get().rawset(key, value);
    }

    @Override
    public long border() {
        return filled.get().border();
    }

    @Override
    public int positionAfter(LuaValue key) {
        return filled.get().positionAfter(key);
    }

    @Override
    public int nextPosition(int position) {
        return filled.get().nextPosition(position);
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
