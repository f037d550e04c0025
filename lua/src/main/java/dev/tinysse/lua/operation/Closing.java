package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;

/** The end of to-be-closed variables (reference manual §3.3.8). */
public final class Closing {

    private Closing() {}

    /** Refuses a value that cannot be closed; nil and false need not be. */
    public static void check(LuaRuntime runtime, LuaValue value, String name) {
        if (Values.truth(value) && runtime.metamethod(value, Metatables.CLOSE) == LuaValue.NIL) {
            throw Failures.of("variable '" + name + "' got a non-closable value");
        }
    }

    /** The scope is left without an error. */
    public static void close(LuaRuntime runtime, LuaValue value) {
        close(runtime, value, LuaValue.NIL);
    }

    private static void close(LuaRuntime runtime, LuaValue value, LuaValue error) {
        if (Values.truth(value)) {
            LuaValue method = runtime.metamethod(value, Metatables.CLOSE);
            Metamethods.call(runtime, method, value, error);
        }
    }

    /** How far the stack is used where a scope begins. */
    public static int depth(LuaRuntime runtime) {
        return runtime.stack().used();
    }

    /** The scope that began at {@code depth} is left by {@code thrown}; gives what to throw after closing. */
    public static Throwable close(LuaRuntime runtime, int depth, LuaValue value, Throwable thrown) {
        runtime.stack().giveBack(depth);
        if (!Values.truth(value)) {
            return thrown;
        }
        try {
            close(runtime, value, errorValue(runtime, thrown));
        } catch (LuaException | StackOverflowError replaced) {
            return replaced;
        }
        return thrown;
    }

    private static LuaValue errorValue(LuaRuntime runtime, Throwable thrown) {
        return Errors.value(runtime, thrown);
    }
}
