package dev.tinysse.lua.function;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function with more parameters, or any number of them. */
public abstract class ClosureMany extends Closure {

    protected abstract Varargs body(Varargs arguments);

    @Override
    public final LuaValue call() {
        return first(body(NONE));
    }

    @Override
    public final LuaValue call(LuaValue a) {
        return first(body(a));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        return first(body(Values.of(a, b)));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return first(body(Values.of(a, b, c)));
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        return TailCall.finish(proceed(arguments));
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

    @Override
    protected final Varargs proceed(Varargs arguments) {
        return body(arguments);
    }
}
