package dev.tinysse.lua.function;

import dev.tinysse.lua.frames.FunctionInfo;
import dev.tinysse.lua.runtime.CallStack;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.TailCall;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A function of Lua: the base of the classes that the compiler makes, one for each function of the source. What it does
 * stands in its {@code body}, by number of parameters; the overloads of {@link Invocable} lead there. Upvalues are fields.
 */
public abstract class Closure extends Invocable {

    /** The stack of the engine, a constant of the class. */
    protected abstract CallStack stack();

    /** The description of the function in messages and {@code debug}. */
    public final FunctionInfo info() {
        return ((FunctionInfo.Source) getClass().getClassLoader()).functionInfo(getClass().getName());
    }

    static LuaValue first(Varargs results) {
        return results instanceof LuaValue value && value != NONE ? value : TailCall.finish(results).arg1();
    }

    /** The use of the Java stack by a call, in bytes, an estimate on the safe side. */
    protected abstract int frameSize();

    /** Takes the room for a call on the stack, if the call may go on; gives what {@link #leave(int)} needs. */
    protected final int enter() {
        return stack().take(frameSize());
    }

    /** Gives back the room that {@link #enter} has taken. */
    protected final void leave(int used) {
        stack().giveBack(used);
    }

    final boolean mayNest() {
        return stack().nestTailCall();
    }

    final Varargs leave(Varargs results) {
        stack().leaveTailCall();
        return results;
    }
}
