package dev.tinysse.lua.runtime;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.TailCall;

/**
 * A function of Lua: the base of the classes that the compiler makes, one for each function of the source. What it does
 * stands in its {@code body}, by number of parameters; the doors of {@link Invocable} lead there. Upvalues are fields.
 */
public abstract class Closure extends Invocable {

    /** How many calls in tail position go on the Java stack before one is left to the caller. */
    private static final int TAIL_CALLS_ON_STACK = 40;

    /** The engine's state. */
    protected abstract LuaRuntime runtime();

    /** What messages and {@code debug} say about the function. */
    public final FunctionInfo info() {
        return ((FunctionInfo.Source) getClass().getClassLoader()).functionInfo(getClass().getName());
    }

    static LuaValue first(Varargs results) {
        return results instanceof LuaValue value && value != NONE ? value : TailCall.finish(results).arg1();
    }

    final boolean mayNest() {
        LuaRuntime runtime = runtime();
        if (runtime.tailCalls >= TAIL_CALLS_ON_STACK) {
            return false;
        }
        runtime.tailCalls++;
        return true;
    }

    final Varargs leave(Varargs results) {
        runtime().tailCalls--;
        return results;
    }
}
