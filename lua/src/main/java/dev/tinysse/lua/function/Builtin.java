package dev.tinysse.lua.function;

import dev.tinysse.lua.frames.Activation;
import dev.tinysse.lua.frames.BuiltinCode;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Invocable;
import org.luaj.vm2.Varargs;

/**
 * A function written in Java. Most are made of a {@link Body} by {@link LibraryTable#add}; one that is called very
 * often extends this class and overrides the overloads that matter ({@code call(LuaValue)} and so on) beside
 * {@link #invoke(Varargs)}.
 */
public abstract class Builtin extends Invocable implements BuiltinCode {

    /** The use of the Java stack by a call, with all that it may call in Java. */
    private static final int FRAME_BYTES = 2500;

    private final String qualifiedName;

    /**
     * @param qualifiedName the name for error messages and tracebacks, with its library: {@code string.format}
     */
    protected Builtin(String qualifiedName) {
        this.qualifiedName = qualifiedName;
    }

    /** The function in Java. */
    @FunctionalInterface
    public interface Body {

        /**
         * Runs the function.
         *
         * @return its results: {@link org.luaj.vm2.LuaValue#NONE}, one value, or {@link dev.tinysse.lua.value.Values#of}
         */
        Varargs call(Args args);
    }

    /** A function named {@code qualifiedName} that does what {@code body} does. */
    public static Builtin of(LuaRuntime runtime, String qualifiedName, Body body) {
        return new Simple(runtime, qualifiedName, body);
    }

    @Override
    public String name() {
        return qualifiedName;
    }

    /** Whether {@code running} looks like a call of this function; the Java stack knows classes, not functions. */
    public boolean matches(Activation running) {
        return running.code() == getClass();
    }

    private static final class Simple extends Builtin {

        private final LuaRuntime runtime;
        private final Body body;

        Simple(LuaRuntime runtime, String qualifiedName, Body body) {
            super(qualifiedName);
            this.runtime = runtime;
            this.body = body;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            int used = runtime.stack().take(FRAME_BYTES);
            Varargs results = body.call(new Args(runtime, this, arguments));
            runtime.stack().giveBack(used);
            return results;
        }

        @Override
        public boolean matches(Activation running) {
            return super.matches(running) && running.isInside(body.getClass());
        }
    }
}
