package dev.tinysse.lua.operation;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The bitwise operators, with metamethods (reference manual §3.4.2). */
public final class Bitwise {

    private static final LuaString BAND = Strings.of("__band");
    private static final LuaString BOR = Strings.of("__bor");
    private static final LuaString BXOR = Strings.of("__bxor");
    private static final LuaString SHL = Strings.of("__shl");
    private static final LuaString SHR = Strings.of("__shr");
    private static final LuaString BNOT = Strings.of("__bnot");

    private Bitwise() {}

    /** {@code a & b}. */
    public static LuaValue and(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaInteger i = integer(a);
        LuaInteger j = integer(b);
        return i != null && j != null ? LuaInteger.of(i.value & j.value) : byMetatable(runtime, BAND, a, b);
    }

    /** {@code a | b}. */
    public static LuaValue or(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaInteger i = integer(a);
        LuaInteger j = integer(b);
        return i != null && j != null ? LuaInteger.of(i.value | j.value) : byMetatable(runtime, BOR, a, b);
    }

    /** {@code a ~ b}. */
    public static LuaValue xor(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaInteger i = integer(a);
        LuaInteger j = integer(b);
        return i != null && j != null ? LuaInteger.of(i.value ^ j.value) : byMetatable(runtime, BXOR, a, b);
    }

    /** {@code a << b}. */
    public static LuaValue shiftLeft(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaInteger i = integer(a);
        LuaInteger j = integer(b);
        return i != null && j != null ? LuaInteger.of(shiftLeft(i.value, j.value)) : byMetatable(runtime, SHL, a, b);
    }

    /** {@code a >> b}. */
    public static LuaValue shiftRight(LuaRuntime runtime, LuaValue a, LuaValue b) {
        LuaInteger i = integer(a);
        LuaInteger j = integer(b);
        return i != null && j != null ? LuaInteger.of(shiftRight(i.value, j.value)) : byMetatable(runtime, SHR, a, b);
    }

    /** {@code ~a}. */
    public static LuaValue not(LuaRuntime runtime, LuaValue a) {
        LuaInteger i = integer(a);
        return i != null ? LuaInteger.of(~i.value) : byMetatable(runtime, BNOT, a, a);
    }

    /** Shifts by any distance, to the right if it is negative; what is shifted in is 0. */
    public static long shiftLeft(long value, long distance) {
        if (distance < 0) {
            return distance > -Long.SIZE ? value >>> -distance : 0;
        }
        return distance < Long.SIZE ? value << distance : 0;
    }

    /** Shifts by any distance, to the left if it is negative; what is shifted in is 0. */
    public static long shiftRight(long value, long distance) {
        if (distance < 0) {
            return distance > -Long.SIZE ? value << -distance : 0;
        }
        return distance < Long.SIZE ? value >>> distance : 0;
    }

    /** Strings are not converted: that is left to metamethods, and those of the string library do not. */
    private static LuaInteger integer(LuaValue value) {
        if (value instanceof LuaInteger integer) {
            return integer;
        }
        return value instanceof LuaFloat f && f.hasInteger() ? LuaInteger.of((long) f.value) : null;
    }

    private static LuaValue byMetatable(LuaRuntime runtime, LuaString event, LuaValue a, LuaValue b) {
        LuaValue handler = runtime.metamethod(a, event);
        if (handler == LuaValue.NIL) {
            handler = runtime.metamethod(b, event);
        }
        if (handler == LuaValue.NIL) {
            throw OperandFailures.bitwise(runtime, a, b);
        }
        return Metamethods.call(runtime, handler, a, b);
    }
}
