package dev.tinysse.lua.operation;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Numbers;
import org.luaj.vm2.LuaValue;

/** Operators of which one operand is known to be an integer or a float, so that it need not be a {@link LuaValue}. */
public final class NumberOperators {

    private NumberOperators() {}

    /** {@code a + b}. */
    public static LuaValue add(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaInteger i) {
            return LuaInteger.of(i.value + b);
        }
        return a instanceof LuaFloat f
                ? LuaFloat.of(f.value + b)
                : Arithmetic.add(runtime, a, LuaInteger.of(b));
    }

    /** {@code a + b}. */
    public static LuaValue add(LuaRuntime runtime, long a, LuaValue b) {
        if (b instanceof LuaInteger j) {
            return LuaInteger.of(a + j.value);
        }
        return b instanceof LuaFloat g
                ? LuaFloat.of(a + g.value)
                : Arithmetic.add(runtime, LuaInteger.of(a), b);
    }

    /** {@code a + b}. */
    public static LuaValue add(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return LuaFloat.of(f.value + b);
        }
        return a instanceof LuaInteger i
                ? LuaFloat.of(i.value + b)
                : Arithmetic.add(runtime, a, LuaFloat.of(b));
    }

    /** {@code a + b}. */
    public static LuaValue add(LuaRuntime runtime, double a, LuaValue b) {
        if (b instanceof LuaFloat g) {
            return LuaFloat.of(a + g.value);
        }
        return b instanceof LuaInteger j
                ? LuaFloat.of(a + j.value)
                : Arithmetic.add(runtime, LuaFloat.of(a), b);
    }

    /** {@code a - b}. */
    public static LuaValue subtract(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaInteger i) {
            return LuaInteger.of(i.value - b);
        }
        return a instanceof LuaFloat f
                ? LuaFloat.of(f.value - b)
                : Arithmetic.subtract(runtime, a, LuaInteger.of(b));
    }

    /** {@code a - b}. */
    public static LuaValue subtract(LuaRuntime runtime, long a, LuaValue b) {
        if (b instanceof LuaInteger j) {
            return LuaInteger.of(a - j.value);
        }
        return b instanceof LuaFloat g
                ? LuaFloat.of(a - g.value)
                : Arithmetic.subtract(runtime, LuaInteger.of(a), b);
    }

    /** {@code a - b}. */
    public static LuaValue subtract(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return LuaFloat.of(f.value - b);
        }
        return a instanceof LuaInteger i
                ? LuaFloat.of(i.value - b)
                : Arithmetic.subtract(runtime, a, LuaFloat.of(b));
    }

    /** {@code a - b}. */
    public static LuaValue subtract(LuaRuntime runtime, double a, LuaValue b) {
        if (b instanceof LuaFloat g) {
            return LuaFloat.of(a - g.value);
        }
        return b instanceof LuaInteger j
                ? LuaFloat.of(a - j.value)
                : Arithmetic.subtract(runtime, LuaFloat.of(a), b);
    }

    /** {@code a * b}. */
    public static LuaValue multiply(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaInteger i) {
            return LuaInteger.of(i.value * b);
        }
        return a instanceof LuaFloat f
                ? LuaFloat.of(f.value * b)
                : Arithmetic.multiply(runtime, a, LuaInteger.of(b));
    }

    /** {@code a * b}. */
    public static LuaValue multiply(LuaRuntime runtime, long a, LuaValue b) {
        if (b instanceof LuaInteger j) {
            return LuaInteger.of(a * j.value);
        }
        return b instanceof LuaFloat g
                ? LuaFloat.of(a * g.value)
                : Arithmetic.multiply(runtime, LuaInteger.of(a), b);
    }

    /** {@code a * b}. */
    public static LuaValue multiply(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return LuaFloat.of(f.value * b);
        }
        return a instanceof LuaInteger i
                ? LuaFloat.of(i.value * b)
                : Arithmetic.multiply(runtime, a, LuaFloat.of(b));
    }

    /** {@code a * b}. */
    public static LuaValue multiply(LuaRuntime runtime, double a, LuaValue b) {
        if (b instanceof LuaFloat g) {
            return LuaFloat.of(a * g.value);
        }
        return b instanceof LuaInteger j
                ? LuaFloat.of(a * j.value)
                : Arithmetic.multiply(runtime, LuaFloat.of(a), b);
    }

    /** {@code a / b}. */
    public static LuaValue divide(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaFloat f) {
            return LuaFloat.of(f.value / b);
        }
        return a instanceof LuaInteger i
                ? LuaFloat.of((double) i.value / b)
                : Arithmetic.divide(runtime, a, LuaInteger.of(b));
    }

    /** {@code a / b}. */
    public static LuaValue divide(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return LuaFloat.of(f.value / b);
        }
        return a instanceof LuaInteger i
                ? LuaFloat.of(i.value / b)
                : Arithmetic.divide(runtime, a, LuaFloat.of(b));
    }

    /** {@code a % b}. */
    public static LuaValue modulo(LuaRuntime runtime, LuaValue a, long b) {
        return a instanceof LuaInteger i
                ? LuaInteger.of(Arithmetic.modulo(i.value, b))
                : Arithmetic.modulo(runtime, a, LuaInteger.of(b));
    }

    /** {@code a // b}. */
    public static LuaValue floorDivide(LuaRuntime runtime, LuaValue a, long b) {
        return a instanceof LuaInteger i
                ? LuaInteger.of(Arithmetic.floorDivide(i.value, b))
                : Arithmetic.floorDivide(runtime, a, LuaInteger.of(b));
    }

    /** {@code a < b}. */
    public static boolean less(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaInteger i) {
            return i.value < b;
        }
        return a instanceof LuaFloat f
                ? Numbers.less(f.value, b)
                : Comparison.less(runtime, a, LuaInteger.of(b));
    }

    /** {@code a < b}. */
    public static boolean less(LuaRuntime runtime, long a, LuaValue b) {
        if (b instanceof LuaInteger j) {
            return a < j.value;
        }
        return b instanceof LuaFloat g
                ? Numbers.less(a, g.value)
                : Comparison.less(runtime, LuaInteger.of(a), b);
    }

    /** {@code a < b}. */
    public static boolean less(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return f.value < b;
        }
        return a instanceof LuaInteger i
                ? Numbers.less(i.value, b)
                : Comparison.less(runtime, a, LuaFloat.of(b));
    }

    /** {@code a < b}. */
    public static boolean less(LuaRuntime runtime, double a, LuaValue b) {
        if (b instanceof LuaFloat g) {
            return a < g.value;
        }
        return b instanceof LuaInteger j
                ? Numbers.less(a, j.value)
                : Comparison.less(runtime, LuaFloat.of(a), b);
    }

    /** {@code a <= b}. */
    public static boolean lessOrEqual(LuaRuntime runtime, LuaValue a, long b) {
        if (a instanceof LuaInteger i) {
            return i.value <= b;
        }
        return a instanceof LuaFloat f
                ? Numbers.lessOrEqual(f.value, b)
                : Comparison.lessOrEqual(runtime, a, LuaInteger.of(b));
    }

    /** {@code a <= b}. */
    public static boolean lessOrEqual(LuaRuntime runtime, long a, LuaValue b) {
        if (b instanceof LuaInteger j) {
            return a <= j.value;
        }
        return b instanceof LuaFloat g
                ? Numbers.lessOrEqual(a, g.value)
                : Comparison.lessOrEqual(runtime, LuaInteger.of(a), b);
    }

    /** {@code a <= b}. */
    public static boolean lessOrEqual(LuaRuntime runtime, LuaValue a, double b) {
        if (a instanceof LuaFloat f) {
            return f.value <= b;
        }
        return a instanceof LuaInteger i
                ? Numbers.lessOrEqual(i.value, b)
                : Comparison.lessOrEqual(runtime, a, LuaFloat.of(b));
    }

    /** {@code a <= b}. */
    public static boolean lessOrEqual(LuaRuntime runtime, double a, LuaValue b) {
        if (b instanceof LuaFloat g) {
            return a <= g.value;
        }
        return b instanceof LuaInteger j
                ? Numbers.lessOrEqual(a, j.value)
                : Comparison.lessOrEqual(runtime, LuaFloat.of(a), b);
    }

    /** {@code a == b}. */
    public static boolean equal(LuaValue a, long b) {
        return a instanceof LuaInteger i ? i.value == b : a instanceof LuaFloat f && Numbers.equal(b, f.value);
    }

    /** {@code a == b}. */
    public static boolean equal(LuaValue a, double b) {
        return a instanceof LuaFloat f ? f.value == b : a instanceof LuaInteger i && Numbers.equal(i.value, b);
    }
}
