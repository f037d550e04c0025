package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.value.Userdata;
import org.luaj.vm2.LuaValue;

/** The null of JSON and of databases, which is not nil: it keeps its place in a table. */
public final class Null {

    /** The only one: {@code json.null}, {@code sqlite.null} and the {@code null} of every database. */
    public static final LuaValue VALUE = new Userdata<>(Null.class, null);

    private Null() {}
}
