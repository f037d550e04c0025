package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.runtime.CallStack;
import dev.tinysse.lua.runtime.ErrorFrames;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.ExitRequest;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import java.util.List;
import java.util.function.Supplier;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Turns what is thrown on the Java stack into error values of Lua. */
public final class Errors implements ErrorFrames.HandlerCaller {

    private static final int HANDLER_ATTEMPTS = 10;

    private Errors() {}

    /** The error value of {@code thrown}; nil for the end of a coroutine that is being closed. */
    public static LuaValue value(LuaRuntime runtime, Throwable thrown) {
        return switch (thrown) {
            case LuaException error -> error.value();
            case StackOverflowError _ -> Strings.of(position(runtime, thrown) + "stack overflow");
            case OutOfMemoryError _ -> Strings.of("not enough memory");
            default -> LuaValue.NIL;
        };
    }

    /** Runs {@code work} with {@code handler} called where an error is raised, before the stack is left. */
    public static Varargs handling(LuaRuntime runtime, LuaValue handler, Supplier<Varargs> work) {
        CallStack.State stack = runtime.stack().state();
        runtime.stack().addHandler();
        try {
            Varargs results = work.get();
            runtime.stack().removeHandler();
            return results;
        } catch (LuaException | StackOverflowError | OutOfMemoryError thrown) {
            runtime.stack().become(stack);
            throw new LuaException(handle(runtime, handler, thrown));
        }
    }

    /** The handler's result for an error; it has to deal with its own errors too, but not without limit. */
    private static LuaValue handle(LuaRuntime runtime, LuaValue handler, Throwable error) {
        Throwable outer = runtime.handled(error);
        CallStack.State stack = runtime.stack().state();
        Throwable thrown = error;
        // with more attempts in each of handlers within handlers their number would grow tenfold by every level
        int attempts = outer == null ? HANDLER_ATTEMPTS : 1;
        try {
            for (int i = 0; i < attempts; i++) {
                try {
                    return Calls.call(runtime, handler, value(runtime, thrown));
                } catch (LuaException | StackOverflowError | OutOfMemoryError another) {
                    runtime.stack().become(stack);
                    runtime.poll();
                    thrown = another;
                }
            }
            return Strings.of("error in error handling");
        } finally {
            runtime.handled(outer);
        }
    }

    private static String position(LuaRuntime runtime, Throwable thrown) {
        List<Activation> activations = ErrorFrames.of(runtime, thrown);
        return activations.isEmpty() ? "" : activations.getFirst().position();
    }

    /** Calls {@code function} and turns whatever is thrown into an error of Lua. */
    public static Varargs guarded(LuaRuntime runtime, Invocable function, Varargs arguments) {
        try {
            return function.invoke(arguments);
        } catch (StackOverflowError | OutOfMemoryError thrown) {
            throw new LuaException(value(runtime, thrown), thrown);
        } catch (LuaException | ExitRequest thrown) {
            throw thrown;
        } catch (RuntimeException defect) {
            throw new LuaException("internal error: " + defect, defect);
        }
    }
}
