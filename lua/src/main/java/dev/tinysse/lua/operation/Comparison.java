package dev.tinysse.lua.operation;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Numbers;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Equality and order, with metamethods. */
public final class Comparison {

    private Comparison() {}

    /** {@code a == b}. */
    public static boolean equal(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a == b) {
            return !(a instanceof LuaFloat f) || !Double.isNaN(f.value);
        }
        if (a instanceof Table && b instanceof Table || a instanceof Userdata && b instanceof Userdata) {
            return equalByMetatable(runtime, a, b);
        }
        return Values.rawEquals(a, b);
    }

    private static boolean equalByMetatable(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaValue handler = runtime.metamethod(a, Metatables.EQ);
        if (handler == LuaValue.NIL) {
            handler = runtime.metamethod(b, Metatables.EQ);
        }
        return handler != LuaValue.NIL && Values.truth(Metamethods.call(runtime, handler, a, b));
    }

    /** {@code a < b}. */
    public static boolean less(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return i.value < j.value;
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return f.value < g.value;
        }
        return lessSlowly(runtime, a, b);
    }

    private static boolean lessSlowly(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaFloat g) {
            return Numbers.less(i.value, g.value);
        }
        if (a instanceof LuaFloat f && b instanceof LuaInteger j) {
            return Numbers.less(f.value, j.value);
        }
        if (a instanceof LuaString s && b instanceof LuaString t) {
            return Strings.compare(s, t) < 0;
        }
        return byMetatable(runtime, handler(runtime, Metatables.LT, a, b), a, b, a, b);
    }

    /** {@code a <= b}. */
    public static boolean lessOrEqual(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return i.value <= j.value;
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return f.value <= g.value;
        }
        return lessOrEqualSlowly(runtime, a, b);
    }

    private static boolean lessOrEqualSlowly(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaFloat g) {
            return Numbers.lessOrEqual(i.value, g.value);
        }
        if (a instanceof LuaFloat f && b instanceof LuaInteger j) {
            return Numbers.lessOrEqual(f.value, j.value);
        }
        if (a instanceof LuaString s && b instanceof LuaString t) {
            return Strings.compare(s, t) <= 0;
        }
        LuaValue handler = handler(runtime, Metatables.LE, a, b);
        if (handler == LuaValue.NIL) {
            // as older versions had it, which the usual builds of PUC Lua keep up
            return !byMetatable(runtime, handler(runtime, Metatables.LT, b, a), b, a, a, b);
        }
        return byMetatable(runtime, handler, a, b, a, b);
    }

    private static LuaValue handler(LuaRuntime runtime, LuaString event, LuaValue a, LuaValue b) {
        LuaValue handler = runtime.metamethod(a, event);
        return handler == LuaValue.NIL ? runtime.metamethod(b, event) : handler;
    }

    /** Asks a handler about two values; the error, if there is none, names the two as they stand in the source. */
    private static boolean byMetatable(LuaRuntime runtime, LuaValue handler, LuaValue a, LuaValue b, LuaValue left,
            LuaValue right) {
        if (handler == LuaValue.NIL) {
            throw OperandFailures.compare(runtime, left, right);
        }
        return Values.truth(Metamethods.call(runtime, handler, a, b));
    }
}
