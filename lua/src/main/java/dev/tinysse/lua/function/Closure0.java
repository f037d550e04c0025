package dev.tinysse.lua.function;

import dev.tinysse.lua.value.TailCall;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function without parameters. */
public abstract class Closure0 extends Closure {

    protected abstract Varargs body();

    @Override
    public final LuaValue call() {
        return first(body());
    }

    @Override
    public final LuaValue call(LuaValue a) {
        return first(body());
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        return first(body());
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return first(body());
    }

    @Override
    public final Varargs invoke() {
        return TailCall.finish(body());
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        return TailCall.finish(body());
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        return TailCall.finish(body());
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        return TailCall.finish(body());
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        return TailCall.finish(proceed(arguments));
    }

    @Override
    public final Varargs tail() {
        return mayNest() ? leave(body()) : new TailCall(this, NONE);
    }

    @Override
    public final Varargs tail(LuaValue a) {
        return tail();
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b) {
        return tail();
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b, LuaValue c) {
        return tail();
    }

    @Override
    public final Varargs tail(Varargs arguments) {
        return tail();
    }

    @Override
    protected final Varargs proceed(Varargs arguments) {
        return body();
    }
}
