package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Calls of any value: functions at once, all else through {@code __call}. */
public final class Calls {

    private static final int MAX_CHAIN_LENGTH = 200;
    /** The use of the Java stack by a call through {@code __call} besides that of the function. */
    private static final int FRAME_BYTES = 1000;

    private Calls() {}

    /** {@code value} as something to call; if it is none, the error comes with the call. */
    public static Invocable function(LuaRuntime runtime, LuaValue value) {
        return value instanceof Invocable invocable ? invocable : new ByMetatable(runtime, value);
    }

    private static final class ByMetatable extends Invocable {

        private final LuaRuntime runtime;
        private final LuaValue called;

        ByMetatable(LuaRuntime runtime, LuaValue called) {
            this.runtime = runtime;
            this.called = called;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return invokeByMetatable(runtime, called, arguments);
        }
    }

    /** {@code function(arguments)}, all results. */
    public static Varargs invoke(LuaRuntime runtime, LuaValue function, Varargs arguments) {
        if (function instanceof Invocable invocable) {
            return invocable.invoke(arguments);
        }
        return invokeByMetatable(runtime, function, arguments);
    }

    /** {@code function()}, the first result. */
    public static LuaValue call(LuaRuntime runtime, LuaValue function) {
        if (function instanceof Invocable invocable) {
            return invocable.call();
        }
        return Values.first(invokeByMetatable(runtime, function, LuaValue.NONE));
    }

    /** {@code function(a)}, the first result. */
    public static LuaValue call(LuaRuntime runtime, LuaValue function, LuaValue a) {
        if (function instanceof Invocable invocable) {
            return invocable.call(a);
        }
        return Values.first(invokeByMetatable(runtime, function, a));
    }

    /** {@code function(a, b)}, the first result. */
    public static LuaValue call(LuaRuntime runtime, LuaValue function, LuaValue a, LuaValue b) {
        if (function instanceof Invocable invocable) {
            return invocable.call(a, b);
        }
        return Values.first(invokeByMetatable(runtime, function, Values.of(a, b)));
    }

    /** {@code function(a, b, c)}, the first result. */
    public static LuaValue call(LuaRuntime runtime, LuaValue function, LuaValue a, LuaValue b, LuaValue c) {
        if (function instanceof Invocable invocable) {
            return invocable.call(a, b, c);
        }
        return Values.first(invokeByMetatable(runtime, function, Values.of(a, b, c)));
    }

    private static Varargs invokeByMetatable(LuaRuntime runtime, LuaValue called, Varargs arguments) {
        int used = runtime.stack().take(FRAME_BYTES);
        LuaValue function = called;
        Varargs all = arguments;
        for (int i = 0; i < MAX_CHAIN_LENGTH; i++) {
            LuaValue handler = runtime.metamethod(function, Metatables.CALL);
            if (handler == LuaValue.NIL) {
                throw OperandFailures.call(runtime, function);
            }
            all = Values.of(function, all);
            if (handler instanceof Invocable invocable) {
                Varargs results = invocable.invoke(all);
                runtime.stack().giveBack(used);
                return results;
            }
            function = handler;
        }
        throw Failures.of("'__call' chain too long");
    }
}
