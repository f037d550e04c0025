package dev.tinysse.lua.runtime;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.value.TailCall;

/** A function without parameters. */
public abstract class Closure0 extends Closure {

    protected abstract Varargs body();

    @Override
    public final LuaValue call() {
        int free = enter();
        LuaValue result = first(body());
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a) {
        int free = enter();
        LuaValue result = first(body());
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        int free = enter();
        LuaValue result = first(body());
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        LuaValue result = first(body());
        leave(free);
        return result;
    }

    @Override
    public final Varargs invoke() {
        int free = enter();
        Varargs results = TailCall.finish(body());
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        int free = enter();
        Varargs results = TailCall.finish(body());
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        int free = enter();
        Varargs results = TailCall.finish(body());
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        Varargs results = TailCall.finish(body());
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        int free = enter();
        Varargs results = TailCall.finish(body());
        leave(free);
        return results;
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
}
