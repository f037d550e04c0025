package dev.tinysse.lua.runtime;

import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The metatables of one engine: those of tables and userdata are their own, other types share one per type. */
public final class Metatables {

    public static final LuaString INDEX = Strings.of("__index");
    public static final LuaString NEWINDEX = Strings.of("__newindex");
    public static final LuaString CALL = Strings.of("__call");
    public static final LuaString LEN = Strings.of("__len");
    public static final LuaString EQ = Strings.of("__eq");
    public static final LuaString LT = Strings.of("__lt");
    public static final LuaString LE = Strings.of("__le");
    public static final LuaString CONCAT = Strings.of("__concat");
    public static final LuaString CLOSE = Strings.of("__close");
    public static final LuaString NAME = Strings.of("__name");
    public static final LuaString TOSTRING = Strings.of("__tostring");
    public static final LuaString METATABLE = Strings.of("__metatable");

    private final Table[] byType = new Table[LuaValue.TVALUE];

    /** The metatable of {@code value}, null if it has none. */
    public Table of(LuaValue value) {
        if (value instanceof Table table) {
            return table.metatable();
        }
        return value instanceof Userdata<?> userdata ? userdata.metatable() : byType[value.type()];
    }

    /** Sets the metatable of {@code value}, or of its whole type; null takes it away. */
    public void set(LuaValue value, Table metatable) {
        switch (value) {
            case Table table -> table.metatable(metatable);
            case Userdata<?> userdata -> userdata.metatable(metatable);
            default -> byType[value.type()] = metatable;
        }
    }

    /** The metamethod {@code event} of {@code value}, nil if it has none. */
    public LuaValue method(LuaValue value, LuaString event) {
        Table metatable = of(value);
        return metatable == null ? LuaValue.NIL : metatable.rawget(event);
    }
}
