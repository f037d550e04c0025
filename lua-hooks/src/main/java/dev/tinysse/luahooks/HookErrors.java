package dev.tinysse.luahooks;

import org.luaj.vm2.LuaValue;

import dev.tinysse.api.HookException;
import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.Session;
import dev.tinysse.lua.runtime.Builtin;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;

/** Makes texts of the errors of scripts. For whoever is inside of the engine. */
final class HookErrors {
    private HookErrors() {}

    /** The error as the log shall have it: what {@code tostring} says, and behind a line break the traceback. */
    static HookException of(Session lua, LuaException error, CallLimits limits) {
        String text = text(lua, error, limits);
        return new HookException(error.traceback() == null ? text : text + "\n" + error.traceback(), error);
    }

    /** What {@code tostring} says of the error value, which may call functions of the script. */
    static String text(Session lua, LuaException error, CallLimits limits) {
        if (error.value().type() != LuaValue.TTABLE && error.value().type() != LuaValue.TUSERDATA) {
            return error.value().isnil() ? "nil" : error.getMessage();
        }
        Invocable toText = Builtin.of(lua.runtime(), "tostring", args -> args.runtime().toText(args.value(1)));
        try {
            return Strings.text(Values.first(lua.call(toText, error.value(), limits)).strvalue());
        } catch (LuaException e) {
            return error.getMessage();
        }
    }
}
