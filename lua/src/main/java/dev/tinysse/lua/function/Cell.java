package dev.tinysse.lua.function;

import org.luaj.vm2.LuaValue;

/** A local variable that several functions share and somebody changes. */
public final class Cell {

    public LuaValue value;

    public Cell(LuaValue value) {
        this.value = value;
    }
}
