package dev.tinysse.lua.lib.math;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.operation.Comparison;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code math.max} and {@code math.min}. They compare as the operators do, so that whatever has an order may be compared. */
final class Extreme extends Builtin {
    private final LuaRuntime runtime;
    private final int sign;

    /**
     * @param sign 1 for the largest value, -1 for the smallest
     */
    Extreme(LuaRuntime runtime, String name, int sign) {
        super(name);
        this.runtime = runtime;
        this.sign = sign;
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        LuaValue best = new Args(runtime, this, arguments).any(1);
        for (int i = 2; i <= arguments.narg(); i++) {
            best = better(best, arguments.arg(i));
        }
        return best;
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
        return better(a, b);
    }

    private LuaValue better(LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return (sign > 0 ? i.value < j.value : j.value < i.value) ? b : a;
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return (sign > 0 ? f.value < g.value : g.value < f.value) ? b : a;
        }
        return (sign > 0 ? Comparison.less(runtime, a, b) : Comparison.less(runtime, b, a)) ? b : a;
    }
}
