package dev.tinysse.lua.value;

import dev.tinysse.lua.lib.text.FloatText;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;

/** A Lua float: a {@code double} that stays a float also when it has no fraction. Immutable. */
public final class LuaFloat extends LuaNumber {

    /** The number itself. */
    public final double value;

    private LuaFloat(double value) {
        this.value = value;
    }

    /** The Lua value of {@code value}. */
    public static LuaFloat of(double value) {
        return new LuaFloat(value);
    }

    /** Whether this float has an integer of the same value that fits in 64 bits. */
    public boolean hasInteger() {
        return Numbers.fitsLong(value);
    }

    @Override
    public boolean isint() {
        return value == (int) value;
    }

    @Override
    public boolean islong() {
        return hasInteger();
    }

    @Override
    public int toint() {
        return (int) tolong();
    }

    @Override
    public long tolong() {
        return (long) value;
    }

    @Override
    public double todouble() {
        return value;
    }

    @Override
    public String tojstring() {
        return new String(FloatText.of(value), StandardCharsets.ISO_8859_1);
    }

    /** The number as Lua writes it: {@code %.14g}, with {@code .0} if it would read as an integer. */
    @Override
    public LuaString strvalue() {
        return Strings.of(FloatText.of(value));
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LuaFloat that && Double.compare(that.value, value) == 0;
    }
}
