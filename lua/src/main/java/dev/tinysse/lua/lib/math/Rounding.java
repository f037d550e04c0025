package dev.tinysse.lua.lib.math;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Numbers;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code math.floor} or {@code math.ceil}. */
final class Rounding extends Builtin {
    private final LuaRuntime runtime;
    private final boolean up;

    Rounding(LuaRuntime runtime, String name, boolean up) {
        super(name);
        this.runtime = runtime;
        this.up = up;
    }

    /** A float without fraction as an integer if it fits into one. */
    static LuaValue whole(double x) {
        return Numbers.fitsLong(x) ? LuaInteger.of((long) x) : LuaFloat.of(x);
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        if (arguments.arg1() instanceof LuaInteger integer) {
            return integer;
        }
        return round(new Args(runtime, this, arguments).number(1));
    }

    @Override
    public LuaValue call(LuaValue x) {
        if (x instanceof LuaInteger) {
            return x;
        }
        return x instanceof LuaFloat number ? round(number.value) : super.call(x);
    }

    private LuaValue round(double x) {
        return whole(up ? Math.ceil(x) : Math.floor(x));
    }
}
