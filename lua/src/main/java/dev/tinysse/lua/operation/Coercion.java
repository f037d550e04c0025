package dev.tinysse.lua.operation;

import dev.tinysse.lua.lib.text.NumberScanner;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The conversions between strings, integers and floats that operators and libraries do (reference manual §3.4.3). */
public final class Coercion {

    private Coercion() {}

    /** {@code value} as a number of its own subtype, a string read as one; null if it is neither. */
    public static LuaValue toNumber(LuaValue value) {
        if (value.type() == LuaValue.TNUMBER) {
            return value;
        }
        return value instanceof LuaString string
                ? numeral(string.m_bytes, string.m_offset, string.m_offset + string.m_length)
                : null;
    }

    /** The number that {@code text[start..end)} is a numeral of, with space around it allowed; null if it is none. */
    public static LuaValue numeral(byte[] text, int start, int end) {
        return switch (NumberScanner.parse(text, start, end)) {
            case Long integer -> LuaInteger.of(integer);
            case Double number -> LuaFloat.of(number);
            case null, default -> null;
        };
    }

    /** {@code value} as an integer if it is one, or a float or string of the same value; null otherwise. */
    public static LuaInteger toInteger(LuaValue value) {
        LuaValue number = toNumber(value);
        if (number instanceof LuaFloat f && f.hasInteger()) {
            return LuaInteger.of((long) f.value);
        }
        return number instanceof LuaInteger integer ? integer : null;
    }
}
