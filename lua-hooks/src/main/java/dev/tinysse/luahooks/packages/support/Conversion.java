package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The conversions of packages: a number is accepted as its text, nil is nothing but nil. Every function throws
 * {@link ConversionException} if the value will not do.
 */
public final class Conversion {

    private Conversion() {}

    /** A string or number as bytes. */
    public static LuaString bytes(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        if (value.type() == LuaValue.TNUMBER) {
            return value.strvalue();
        }
        throw new ConversionException(nameOf(value), "String", "expected string or number");
    }

    /** A string or number as bytes that are UTF-8. */
    public static LuaString utf8(LuaValue value) {
        LuaString bytes = bytes(value);
        String diagnostic = Utf8.diagnostic(bytes);
        if (!diagnostic.isEmpty()) {
            throw new ConversionException("string", "String", diagnostic);
        }
        return bytes;
    }

    /** A string or number as text, which must be UTF-8. */
    public static String text(LuaValue value) {
        return Strings.text(utf8(value));
    }

    /** A string of any bytes; a number is refused. */
    public static LuaString string(LuaValue value) {
        if (value instanceof LuaString string) {
            return string;
        }
        throw new ConversionException(nameOf(value), "string", "expected string");
    }

    /** A table. */
    public static Table table(LuaValue value) {
        if (value instanceof Table table) {
            return table;
        }
        throw new ConversionException(nameOf(value), "table");
    }

    /** A function; what can be called for other reasons is refused. */
    public static LuaValue function(LuaValue value) {
        if (value.isfunction()) {
            return value;
        }
        throw new ConversionException(nameOf(value), "function");
    }

    /** A number or the text of one. */
    public static double number(LuaValue value) {
        return number(value, "f64").todouble();
    }

    /** A number that is 0 or more, or the text of one, without its fraction; what exceeds 63 bits is cut to that. */
    public static long unsigned(LuaValue value) {
        LuaValue number = number(value, "u64");
        if (number instanceof LuaInteger integer && integer.value >= 0) {
            return integer.value;
        }
        double real = number.todouble();
        if (real > -1 && real < 0x1p64) {
            return (long) real;
        }
        throw new ConversionException(nameOf(value), "u64", "out of range");
    }

    private static LuaValue number(LuaValue value, String type) {
        LuaValue number = Coercion.toNumber(value);
        if (number == null) {
            throw new ConversionException(nameOf(value), type, "expected number or string coercible to number");
        }
        return number;
    }

    /** The name of the type of a value in messages: the usual name, except that integers, floats and null differ. */
    public static String nameOf(LuaValue value) {
        return switch (value) {
            case LuaInteger _ -> "integer";
            case LuaFloat _ -> "number";
            case Userdata<?> _ when value == Null.VALUE -> "lightuserdata";
            default -> value.typename();
        };
    }
}
