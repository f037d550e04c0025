package dev.tinysse.lua.value;

import org.luaj.vm2.LuaNumber;

/** A Lua integer: 64 bits, two's complement, wrapping around. Immutable. */
public final class LuaInteger extends LuaNumber {

    private static final int LOWEST = -256;
    private static final int HIGHEST = 1023;
    private static final LuaInteger[] SMALL = new LuaInteger[HIGHEST - LOWEST + 1];

    static {
        for (int i = LOWEST; i <= HIGHEST; i++) {
            SMALL[i - LOWEST] = new LuaInteger(i);
        }
    }

    public static final LuaInteger ZERO = of(0);
    public static final LuaInteger ONE = of(1);

    /** The number itself. */
    public final long value;

    private LuaInteger(long value) {
        this.value = value;
    }

    /** The Lua value of {@code value}; equal numbers need not be the same object. */
    public static LuaInteger of(long value) {
        if (value >= LOWEST && value <= HIGHEST) {
            return SMALL[(int) value - LOWEST];
        }
        return new LuaInteger(value);
    }

    @Override
    public boolean isint() {
        return value == (int) value;
    }

    @Override
    public boolean islong() {
        return true;
    }

    @Override
    public boolean isinttype() {
        return true;
    }

    @Override
    public int toint() {
        return (int) value;
    }

    @Override
    public long tolong() {
        return value;
    }

    @Override
    public double todouble() {
        return value;
    }

    @Override
    public String tojstring() {
        return Long.toString(value);
    }

    /** The number as Lua writes it. */
    @Override
    public org.luaj.vm2.LuaString strvalue() {
        return Strings.of(tojstring());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LuaInteger that && that.value == value;
    }
}
