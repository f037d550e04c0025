package dev.tinysse.lua.function;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function with one parameter. */
public abstract class Closure1 extends Closure {

    protected abstract Varargs body(LuaValue a);

    @Override
    public final LuaValue call() {
        return first(body(NIL));
    }

    @Override
    public final LuaValue call(LuaValue a) {
        return first(body(a));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        return first(body(a));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return first(body(a));
    }

    @Override
    public final Varargs invoke() {
        return TailCall.finish(body(NIL));
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        return TailCall.finish(body(a));
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        return TailCall.finish(body(a));
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        return TailCall.finish(body(a));
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        return TailCall.finish(proceed(arguments));
    }

    @Override
    public final Varargs tail() {
        return tail(NIL);
    }

    @Override
    public final Varargs tail(LuaValue a) {
        return mayNest() ? leave(body(a)) : new TailCall(this, a);
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b) {
        return tail(a);
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b, LuaValue c) {
        return tail(a);
    }

    @Override
    public final Varargs tail(Varargs arguments) {
        return tail(Values.first(arguments));
    }

    @Override
    protected final Varargs proceed(Varargs arguments) {
        return body(Values.first(arguments));
    }
}
