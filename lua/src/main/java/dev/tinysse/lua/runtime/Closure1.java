package dev.tinysse.lua.runtime;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;

/** A function with one parameter. */
public abstract class Closure1 extends Closure {

    protected abstract Varargs body(LuaValue a);

    @Override
    public final LuaValue call() {
        int free = enter();
        LuaValue result = first(body(NIL));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a) {
        int free = enter();
        LuaValue result = first(body(a));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        int free = enter();
        LuaValue result = first(body(a));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        LuaValue result = first(body(a));
        leave(free);
        return result;
    }

    @Override
    public final Varargs invoke() {
        int free = enter();
        Varargs results = TailCall.finish(body(NIL));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        int free = enter();
        Varargs results = TailCall.finish(body(a));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        int free = enter();
        Varargs results = TailCall.finish(body(a));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        Varargs results = TailCall.finish(body(a));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        int free = enter();
        Varargs results = TailCall.finish(body(Values.first(arguments)));
        leave(free);
        return results;
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
}
