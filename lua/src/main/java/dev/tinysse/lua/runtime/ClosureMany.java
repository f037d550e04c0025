package dev.tinysse.lua.runtime;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;

/** A function with more parameters, or any number of them. */
public abstract class ClosureMany extends Closure {

    protected abstract Varargs body(Varargs arguments);

    @Override
    public final LuaValue call() {
        int free = enter();
        LuaValue result = first(body(NONE));
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
        LuaValue result = first(body(Values.of(a, b)));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        LuaValue result = first(body(Values.of(a, b, c)));
        leave(free);
        return result;
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        int free = enter();
        Varargs results = TailCall.finish(body(arguments));
        leave(free);
        return results;
    }

    @Override
    public final Varargs tail() {
        return tail(NONE);
    }

    @Override
    public final Varargs tail(LuaValue a) {
        return tail((Varargs) a);
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b) {
        return tail(Values.of(a, b));
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b, LuaValue c) {
        return tail(Values.of(a, b, c));
    }

    @Override
    public final Varargs tail(Varargs arguments) {
        return mayNest() ? leave(body(arguments)) : new TailCall(this, arguments);
    }
}
