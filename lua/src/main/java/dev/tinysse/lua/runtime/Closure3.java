package dev.tinysse.lua.runtime;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;

/** A function with three parameters. */
public abstract class Closure3 extends Closure {

    protected abstract Varargs body(LuaValue a, LuaValue b, LuaValue c);

    @Override
    public final LuaValue call() {
        int free = enter();
        LuaValue result = first(body(NIL, NIL, NIL));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a) {
        int free = enter();
        LuaValue result = first(body(a, NIL, NIL));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        int free = enter();
        LuaValue result = first(body(a, b, NIL));
        leave(free);
        return result;
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        LuaValue result = first(body(a, b, c));
        leave(free);
        return result;
    }

    @Override
    public final Varargs invoke() {
        int free = enter();
        Varargs results = TailCall.finish(body(NIL, NIL, NIL));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        int free = enter();
        Varargs results = TailCall.finish(body(a, NIL, NIL));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        int free = enter();
        Varargs results = TailCall.finish(body(a, b, NIL));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        int free = enter();
        Varargs results = TailCall.finish(body(a, b, c));
        leave(free);
        return results;
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        int free = enter();
        Varargs results = TailCall.finish(body(arguments.arg1(), arguments.arg(2), arguments.arg(3)));
        leave(free);
        return results;
    }

    @Override
    public final Varargs tail() {
        return tail(NIL, NIL, NIL);
    }

    @Override
    public final Varargs tail(LuaValue a) {
        return tail(a, NIL, NIL);
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b) {
        return tail(a, b, NIL);
    }

    @Override
    public final Varargs tail(LuaValue a, LuaValue b, LuaValue c) {
        return mayNest() ? leave(body(a, b, c)) : new TailCall(this, Values.of(a, b, c));
    }

    @Override
    public final Varargs tail(Varargs arguments) {
        return tail(arguments.arg1(), arguments.arg(2), arguments.arg(3));
    }
}
