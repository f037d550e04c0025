package dev.tinysse.lua.function;

import dev.tinysse.lua.value.TailCall;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function with three parameters. */
public abstract class Closure3 extends Closure {

    protected abstract Varargs body(LuaValue a, LuaValue b, LuaValue c);

    @Override
    public final LuaValue call() {
        return first(body(NIL, NIL, NIL));
    }

    @Override
    public final LuaValue call(LuaValue a) {
        return first(body(a, NIL, NIL));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b) {
        return first(body(a, b, NIL));
    }

    @Override
    public final LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return first(body(a, b, c));
    }

    @Override
    public final Varargs invoke() {
        return TailCall.finish(body(NIL, NIL, NIL));
    }

    @Override
    public final Varargs invoke(LuaValue a) {
        return TailCall.finish(body(a, NIL, NIL));
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b) {
        return TailCall.finish(body(a, b, NIL));
    }

    @Override
    public final Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        return TailCall.finish(body(a, b, c));
    }

    @Override
    public final Varargs invoke(Varargs arguments) {
        return TailCall.finish(proceed(arguments));
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

    @Override
    protected final Varargs proceed(Varargs arguments) {
        return body(arguments.arg1(), arguments.arg(2), arguments.arg(3));
    }
}
