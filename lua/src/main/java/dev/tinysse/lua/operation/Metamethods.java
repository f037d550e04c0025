package dev.tinysse.lua.operation;

import dev.tinysse.lua.runtime.LuaRuntime;
import org.luaj.vm2.LuaValue;

/**
 * Calls of metamethods by operators. The function in which an operator stands may not have taken its room on the stack
 * ({@code FirstCall} of the syntax tree), so the operator counts for both.
 */
final class Metamethods {

    /** The use of the Java stack by an operator and the function around it. */
    private static final int FRAME_BYTES = 2000;

    private Metamethods() {}

    /** {@code handler(a, b)}, the first result. */
    static LuaValue call(LuaRuntime runtime, LuaValue handler, LuaValue a, LuaValue b) {
        int used = runtime.stack().take(FRAME_BYTES);
        LuaValue result = Calls.call(runtime, handler, a, b);
        runtime.stack().giveBack(used);
        return result;
    }

    /** {@code handler(a, b, c)}, the first result. */
    static LuaValue call(LuaRuntime runtime, LuaValue handler, LuaValue a, LuaValue b, LuaValue c) {
        int used = runtime.stack().take(FRAME_BYTES);
        LuaValue result = Calls.call(runtime, handler, a, b, c);
        runtime.stack().giveBack(used);
        return result;
    }
}
