package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Strings;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Values as text, as {@code tostring} gives it. */
public final class Text {

    private static final LuaString NIL = Strings.of("nil");
    private static final LuaString TRUE = Strings.of("true");
    private static final LuaString FALSE = Strings.of("false");

    private Text() {}

    /** {@code tostring(value)}. */
    public static LuaString of(LuaRuntime runtime, LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        LuaValue handler = runtime.metamethod(value, Metatables.TOSTRING);
        if (handler != LuaValue.NIL) {
            if (Calls.call(runtime, handler, value) instanceof LuaValue result && result.isstring()) {
                return result.strvalue();
            }
            throw Failures.ofCaller("'__tostring' must return a string");
        }
        return switch (value.type()) {
            case LuaValue.TNUMBER -> value.strvalue();
            case LuaValue.TNIL -> NIL;
            case LuaValue.TBOOLEAN -> value == LuaValue.TRUE ? TRUE : FALSE;
            default -> Strings.of(runtime.typeName(value) + ": " + runtime.addresses().of(value));
        };
    }
}
