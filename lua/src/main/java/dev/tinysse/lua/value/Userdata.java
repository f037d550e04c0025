package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;

/**
 * A Java object handed to Lua under a metatable. A script can do with it what the metatable offers and nothing else.
 *
 * @param <T> what it holds
 */
public final class Userdata<T> extends LuaValue {

    /** The content. */
    public final T content;

    private Table metatable;

    /**
     * @param content what to hold
     * @param metatable its behaviour; may be null, for none
     */
    public Userdata(T content, Table metatable) {
        this.content = content;
        this.metatable = metatable;
    }

    /** The metatable, null if there is none. */
    public Table metatable() {
        return metatable;
    }

    /** Changes the metatable; null takes it away. */
    public void metatable(Table changed) {
        metatable = changed;
    }

    @Override
    public int type() {
        return TUSERDATA;
    }

    @Override
    public String typename() {
        return "userdata";
    }
}
