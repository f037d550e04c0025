package dev.tinysse.lua.function;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * How a part of a function, which is a method of its own, has the rest of the function end or go on elsewhere. A part
 * after which the function simply goes on gives something else.
 */
public final class Exit extends Varargs {

    private static final int NO_JUMP = -1;

    private final Varargs results;
    private final int jump;

    private Exit(Varargs results, int jump) {
        this.results = results;
        this.jump = jump;
    }

    /** The function returns {@code results}, which may be a call that is left to its caller. */
    public static Varargs with(Varargs results) {
        return new Exit(results, NO_JUMP);
    }

    /** The function goes on at the place with this number. */
    public static Varargs by(int number) {
        return new Exit(null, number);
    }

    /** The return value of the function after a part with this outcome; null if it goes on. */
    public static Varargs results(Varargs outcome) {
        return outcome instanceof Exit exit ? exit.results : null;
    }

    /** Whether a part with this outcome has jumped to the place with this number. */
    public static boolean isJump(Varargs outcome, int number) {
        return outcome instanceof Exit exit && exit.jump == number;
    }

    @Override
    public LuaValue arg(int i) {
        throw new IllegalStateException("an exit is no list of values");
    }

    @Override
    public int narg() {
        throw new IllegalStateException("an exit is no list of values");
    }

    @Override
    public LuaValue arg1() {
        throw new IllegalStateException("an exit is no list of values");
    }

    @Override
    public Varargs subargs(int start) {
        throw new IllegalStateException("an exit is no list of values");
    }
}
