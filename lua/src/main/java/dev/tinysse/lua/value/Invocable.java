package dev.tinysse.lua.value;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A function of Lua, compiled or built in. There are several overloads: {@code call} gives the first result
 * alone, {@code invoke} all of them; both come by number of arguments, so that the usual calls need no list.
 * {@code tail} may leave the last call to the caller, see {@link TailCall}.
 */
public abstract class Invocable extends LuaFunction {

    /** Calls with any number of arguments, and gives all results. */
    @Override
    public abstract Varargs invoke(Varargs arguments);

    @Override
    public Varargs invoke() {
        return invoke(NONE);
    }

    /** Calls with two arguments, and gives all results. */
    public Varargs invoke(LuaValue a, LuaValue b) {
        return invoke(Values.of(a, b));
    }

    /** Calls with three arguments, and gives all results. */
    public Varargs invoke(LuaValue a, LuaValue b, LuaValue c) {
        return invoke(Values.of(a, b, c));
    }

    /** Calls with one argument, and gives all results. */
    public Varargs invoke(LuaValue a) {
        return invoke((Varargs) a);
    }

    @Override
    public LuaValue call() {
        return Values.first(invoke());
    }

    @Override
    public LuaValue call(LuaValue a) {
        return Values.first(invoke(a));
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
        return Values.first(invoke(a, b));
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return Values.first(invoke(a, b, c));
    }

    /** Calls as the last act of a function: the result may be a {@link TailCall} that the caller must finish. */
    public Varargs tail() {
        return invoke();
    }

    /** The same with one argument. */
    public Varargs tail(LuaValue a) {
        return invoke(a);
    }

    /** The same with two arguments. */
    public Varargs tail(LuaValue a, LuaValue b) {
        return invoke(a, b);
    }

    /** The same with three arguments. */
    public Varargs tail(LuaValue a, LuaValue b, LuaValue c) {
        return invoke(a, b, c);
    }

    /** The same with any number of arguments. */
    public Varargs tail(Varargs arguments) {
        return invoke(arguments);
    }

    /** Does a call that a function has left to its caller; the result may be another one. */
    protected Varargs proceed(Varargs arguments) {
        return invoke(arguments);
    }
}
