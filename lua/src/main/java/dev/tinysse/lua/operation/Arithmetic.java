package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The arithmetic operators, with metamethods (reference manual §3.4.1). */
public final class Arithmetic {

    private static final LuaString ADD = Strings.of("__add");
    private static final LuaString SUB = Strings.of("__sub");
    private static final LuaString MUL = Strings.of("__mul");
    private static final LuaString DIV = Strings.of("__div");
    private static final LuaString MOD = Strings.of("__mod");
    private static final LuaString POW = Strings.of("__pow");
    private static final LuaString IDIV = Strings.of("__idiv");
    private static final LuaString UNM = Strings.of("__unm");

    private Arithmetic() {}

    /** {@code a + b}. */
    public static LuaValue add(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return LuaInteger.of(i.value + j.value);
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return LuaFloat.of(f.value + g.value);
        }
        return addMixed(runtime, a, b);
    }

    private static LuaValue addMixed(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return numbers(a, b)
                ? LuaFloat.of(a.todouble() + b.todouble())
                : byMetatable(runtime, ADD, a, b);
    }

    /** {@code a - b}. */
    public static LuaValue subtract(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return LuaInteger.of(i.value - j.value);
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return LuaFloat.of(f.value - g.value);
        }
        return subtractMixed(runtime, a, b);
    }

    private static LuaValue subtractMixed(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return numbers(a, b)
                ? LuaFloat.of(a.todouble() - b.todouble())
                : byMetatable(runtime, SUB, a, b);
    }

    /** {@code a * b}. */
    public static LuaValue multiply(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return LuaInteger.of(i.value * j.value);
        }
        if (a instanceof LuaFloat f && b instanceof LuaFloat g) {
            return LuaFloat.of(f.value * g.value);
        }
        return multiplyMixed(runtime, a, b);
    }

    private static LuaValue multiplyMixed(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return numbers(a, b)
                ? LuaFloat.of(a.todouble() * b.todouble())
                : byMetatable(runtime, MUL, a, b);
    }

    /** {@code a / b}. */
    public static LuaValue divide(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return numbers(a, b) ? LuaFloat.of(a.todouble() / b.todouble()) : byMetatable(runtime, DIV, a, b);
    }

    /** {@code a ^ b}. */
    public static LuaValue power(LuaRuntime runtime, LuaValue a, LuaValue b) {
        return numbers(a, b) ? LuaFloat.of(power(a.todouble(), b.todouble())) : byMetatable(runtime, POW, a, b);
    }

    /** {@code a % b}. */
    public static LuaValue modulo(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return LuaInteger.of(modulo(i.value, j.value));
        }
        return numbers(a, b)
                ? LuaFloat.of(modulo(a.todouble(), b.todouble()))
                : byMetatable(runtime, MOD, a, b);
    }

    /** {@code a // b}. */
    public static LuaValue floorDivide(LuaRuntime runtime, LuaValue a, LuaValue b) {
        if (a instanceof LuaInteger i && b instanceof LuaInteger j) {
            return LuaInteger.of(floorDivide(i.value, j.value));
        }
        return numbers(a, b)
                ? LuaFloat.of(floorDivide(a.todouble(), b.todouble()))
                : byMetatable(runtime, IDIV, a, b);
    }

    /** {@code -a}. */
    public static LuaValue negate(LuaRuntime runtime, LuaValue a) {
        if (a instanceof LuaInteger i) {
            return LuaInteger.of(-i.value);
        }
        return a instanceof LuaFloat f ? LuaFloat.of(-f.value) : byMetatable(runtime, UNM, a, a);
    }

    /** {@code a % b} of integers: the sign is that of {@code b}. */
    public static long modulo(long a, long b) {
        if (b == 0) {
            throw Failures.of("attempt to perform 'n%0'");
        }
        return Math.floorMod(a, b);
    }

    /** {@code a // b} of integers: rounded towards minus infinity. */
    public static long floorDivide(long a, long b) {
        if (b == 0) {
            throw Failures.of("attempt to divide by zero");
        }
        return Math.floorDiv(a, b);
    }

    /** {@code a % b} of floats: the sign is that of {@code b}. */
    public static double modulo(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    /** {@code a // b} of floats: rounded towards minus infinity. */
    public static double floorDivide(double a, double b) {
        return Math.floor(a / b);
    }

    /** {@code a ^ b} as C has it: 1 to any power and anything to the power of 0 is 1. */
    public static double power(double a, double b) {
        if (b == 2) {
            return a * a;
        }
        if (a == 1 || a == -1 && Double.isInfinite(b)) {
            return 1;
        }
        return b == 0.5 && a > 0 ? Math.sqrt(a) : Math.pow(a, b);
    }

    private static boolean numbers(LuaValue a, LuaValue b) {
        return (a instanceof LuaFloat || a instanceof LuaInteger) && (b instanceof LuaFloat || b instanceof LuaInteger);
    }

    private static LuaValue byMetatable(LuaRuntime runtime, LuaString event, LuaValue a, LuaValue b) {
        LuaValue handler = runtime.metamethod(a, event);
        if (handler == LuaValue.NIL) {
            handler = runtime.metamethod(b, event);
        }
        if (handler == LuaValue.NIL) {
            throw OperandFailures.arithmetic(runtime, a, b);
        }
        return Metamethods.call(runtime, handler, a, b);
    }
}
