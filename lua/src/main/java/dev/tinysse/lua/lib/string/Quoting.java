package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.FloatFormat;
import dev.tinysse.lua.lib.text.FormatSpec;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Values as source text that reads back as the same value, as {@code %q} writes it. */
final class Quoting {
    private static final FormatSpec HEXADECIMAL = new FormatSpec("%a", 0, 0, -1, 'a');

    private Quoting() {}

    /** Appends {@code value}; false if it is of a type that has no literals. */
    static boolean append(ByteBuilder out, LuaValue value) {
        switch (value) {
            case LuaString string -> string(out, string);
            case LuaInteger integer -> out.append(
                    integer.value == Long.MIN_VALUE ? "0x8000000000000000" : Long.toString(integer.value));
            case LuaFloat number -> number(out, number.value);
            default -> {
                if (!value.isnil() && value.type() != LuaValue.TBOOLEAN) {
                    return false;
                }
                out.append(value.isnil() ? "nil" : value == LuaValue.TRUE ? "true" : "false");
            }
        }
        return true;
    }

    private static void number(ByteBuilder out, double number) {
        if (Double.isNaN(number)) {
            out.append("(0/0)");
        } else if (Double.isInfinite(number)) {
            out.append(number > 0 ? "1e9999" : "-1e9999");
        } else {
            FloatFormat.format(out, HEXADECIMAL, number);
        }
    }

    private static void string(ByteBuilder out, LuaString s) {
        out.append('"');
        int end = s.m_offset + s.m_length;
        for (int at = s.m_offset; at < end; at++) {
            int c = s.m_bytes[at] & 0xff;
            if (c == '"' || c == '\\' || c == '\n') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 127) {
                boolean digitFollows = at + 1 < end && s.m_bytes[at + 1] >= '0' && s.m_bytes[at + 1] <= '9';
                out.append(digitFollows ? "\\%03d".formatted(c) : "\\" + c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
