package dev.tinysse.lua;

import dev.tinysse.lua.value.Invocable;
import org.luaj.vm2.Varargs;

/** Calls functions of an engine within limits. Only for the thread that has entered it. */
interface LimitedCalls {

    /** The results of a call; an error ends it with a {@link dev.tinysse.lua.value.LuaException} that has a traceback. */
    Varargs call(Invocable function, Varargs arguments, CallLimits limits);
}
