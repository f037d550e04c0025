package dev.tinysse.lua.operation;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import org.luaj.vm2.LuaValue;

/** The numeric {@code for} (reference manual §3.3.5): never overflows, and knows its number of rounds beforehand. */
public final class NumericLoop {

    private final boolean integers;
    private final long step;
    private final double floatStep;
    private final double floatLimit;
    private long integer;
    private double number;
    private long rounds;
    private boolean begun;

    private NumericLoop(long start, long step, long rounds) {
        this.integers = true;
        this.integer = start;
        this.step = step;
        this.rounds = rounds;
        this.floatStep = 0;
        this.floatLimit = 0;
    }

    private NumericLoop(double start, double limit, double step) {
        this.integers = false;
        this.number = start;
        this.floatLimit = limit;
        this.floatStep = step;
        this.step = 0;
    }

    /** The loop over these values, null if it has no rounds. */
    public static NumericLoop of(LuaRuntime runtime, LuaValue start, LuaValue limit, LuaValue step) {
        if (start instanceof LuaInteger first && step instanceof LuaInteger by) {
            if (by.value == 0) {
                throw Failures.of("'for' step is zero");
            }
            if (isBeyond(runtime, limit, by.value)) {
                return null;
            }
            long last = limit(runtime, limit, first.value, by.value);
            boolean none = by.value > 0 ? first.value > last : first.value < last;
            return none ? null : new NumericLoop(first.value, by.value, rounds(first.value, last, by.value));
        }
        double to = number(runtime, limit, "limit");
        double by = number(runtime, step, "step");
        double from = number(runtime, start, "initial");
        if (by == 0) {
            throw Failures.of("'for' step is zero");
        }
        return (by > 0 ? from <= to : from >= to) ? new NumericLoop(from, to, by) : null;
    }

    /** Whether no integer is on this side of the limit. */
    private static boolean isBeyond(LuaRuntime runtime, LuaValue limit, long step) {
        if (limit instanceof LuaInteger) {
            return false;
        }
        double exact = number(runtime, limit, "limit");
        return step > 0 ? !(exact >= -0x1p63) : !(exact < 0x1p63);
    }

    private static double number(LuaRuntime runtime, LuaValue value, String what) {
        LuaValue number = Coercion.toNumber(value);
        if (number == null) {
            throw bad(runtime, value, what);
        }
        return number.todouble();
    }

    private static LuaException bad(LuaRuntime runtime, LuaValue value, String what) {
        String name = what.equals("initial") ? "initial value" : what;
        return Failures.of("bad 'for' " + name + " (number expected, got " + runtime.typeName(value) + ")");
    }

    /** Rounds after the first, unsigned, of a loop that has one. */
    public static long rounds(long start, long limit, long step) {
        long distance = step > 0 ? limit - start : start - limit;
        return step == 1 || step == -1 ? distance : Long.divideUnsigned(distance, step > 0 ? step : -step);
    }

    /** {@code limit} as an integer that the loop may reach; one before {@code start} if it has no rounds. */
    public static long limit(LuaRuntime runtime, LuaValue limit, long start, long step) {
        if (limit instanceof LuaInteger integer) {
            return integer.value;
        }
        double exact = number(runtime, limit, "limit");
        double d = step > 0 ? Math.floor(exact) : Math.ceil(exact);
        if (d >= -0x1p63 && d < 0x1p63) {
            return (long) d;
        }
        boolean endless = step > 0 ? d > 0 : d < 0;
        if (endless) {
            return step > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return step > 0 ? start - 1 : start + 1;
    }

    /** Goes to the next round, or the first; false behind the last. */
    public boolean next() {
        if (!begun) {
            begun = true;
            return true;
        }
        if (integers) {
            integer += step;
            return rounds-- != 0;
        }
        number += floatStep;
        return floatStep > 0 ? number <= floatLimit : number >= floatLimit;
    }

    /** The value of the variable in this round. */
    public LuaValue value() {
        return integers ? LuaInteger.of(integer) : LuaFloat.of(number);
    }
}
