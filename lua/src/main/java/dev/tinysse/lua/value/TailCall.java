package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A call that a function has left to its caller as its last act, so that the stack does not grow. Only the
 * {@code tail} overloads of {@link Invocable} give one; {@link #finish} makes results of it.
 */
public final class TailCall extends Varargs {

    private final Invocable function;
    private final Varargs arguments;

    public TailCall(Invocable function, Varargs arguments) {
        this.function = function;
        this.arguments = arguments;
    }

    /** The results of a call, after all calls it has left to do. */
    public static Varargs finish(Varargs results) {
        Varargs current = results;
        while (current instanceof TailCall call) {
            current = call.function.proceed(call.arguments);
        }
        return current;
    }

    @Override
    public LuaValue arg(int i) {
        throw new IllegalStateException("a tail call has no results yet");
    }

    @Override
    public int narg() {
        throw new IllegalStateException("a tail call has no results yet");
    }

    @Override
    public LuaValue arg1() {
        throw new IllegalStateException("a tail call has no results yet");
    }

    @Override
    public Varargs subargs(int start) {
        throw new IllegalStateException("a tail call has no results yet");
    }
}
