package dev.tinysse.lua.syntax;

import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;

/** Reads numerals: those of the source and those in strings (reference manual §3.1). */
public final class NumberReader {

    private static final String SPACE = " \f\n\r\t\u000b";

    private NumberReader() {}

    /** The number that {@code string} spells, with space around it allowed; null if it spells none. */
    public static LuaValue read(LuaString string) {
        if (string.m_length > 400) {
            return readText(new String(string.m_bytes, string.m_offset, string.m_length,
                    java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        int from = string.m_offset;
        int to = from + string.m_length;
        while (from < to && SPACE.indexOf(string.m_bytes[from] & 0xff) >= 0) {
            from++;
        }
        while (from < to && SPACE.indexOf(string.m_bytes[to - 1] & 0xff) >= 0) {
            to--;
        }
        return from == to
                ? null
                : numeral(new String(string.m_bytes, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static LuaValue readText(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (from < to && SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return from == to ? null : numeral(text.substring(from, to));
    }

    /** The number that {@code text} spells, sign allowed, no space; null if it spells none. */
    public static LuaValue numeral(String text) {
        boolean negative = text.charAt(0) == '-';
        int start = negative || text.charAt(0) == '+' ? 1 : 0;
        if (text.length() >= start + 2 && text.charAt(start) == '0' && (text.charAt(start + 1) | 32) == 'x') {
            return hexadecimal(text, start + 2, negative);
        }
        return decimal(text, start, negative);
    }

    private static LuaValue decimal(String text, int start, boolean negative) {
        boolean digits = false;
        boolean whole = true;
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                int digit = c - '0';
                digits = true;
                if (value > (Long.MAX_VALUE - digit) / 10) {
                    if (!(negative && value == Long.MAX_VALUE / 10 && digit == 8 && i == text.length() - 1)) {
                        whole = false;
                    }
                }
                value = value * 10 + digit;
            } else if (c == '.' || (c | 32) == 'e' || (c == '+' || c == '-') && i > start
                    && (text.charAt(i - 1) | 32) == 'e') {
                whole = false;
            } else {
                return null;
            }
        }
        if (whole && digits) {
            return LuaInteger.of(negative ? -value : value);
        }
        return digits ? floating(text) : null;
    }

    private static LuaValue floating(String text) {
        try {
            return LuaFloat.of(Double.parseDouble(text));
        } catch (NumberFormatException malformed) {
            return null;
        }
    }

    private static LuaValue hexadecimal(String text, int start, boolean negative) {
        long mantissa = 0;
        double large = 0;
        int exponent = 0;
        boolean point = false;
        boolean whole = true;
        boolean digits = false;
        int i = start;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, 16);
            if (c == '.' && !point) {
                point = true;
                whole = false;
            } else if (digit >= 0 && c < 128) {
                digits = true;
                mantissa = mantissa * 16 + digit;
                large = large * 16 + digit;
                exponent -= point ? 4 : 0;
            } else {
                break;
            }
        }
        if (!digits) {
            return null;
        }
        if (i < text.length()) {
            if ((text.charAt(i) | 32) != 'p') {
                return null;
            }
            int scale = exponent(text, i + 1);
            if (scale == Integer.MIN_VALUE) {
                return null;
            }
            exponent += scale;
            whole = false;
        }
        if (whole) {
            return LuaInteger.of(negative ? -mantissa : mantissa);
        }
        double value = scale(large, exponent);
        return LuaFloat.of(negative ? -value : value);
    }

    private static double scale(double value, int exponent) {
        int half = exponent / 2;
        return value == 0 ? 0 : Math.scalb(Math.scalb(value, half), exponent - half);
    }

    /** The binary exponent from index {@code from} to the end; the least int if it is malformed. */
    private static int exponent(String text, int from) {
        boolean negative = from < text.length() && text.charAt(from) == '-';
        int i = negative || from < text.length() && text.charAt(from) == '+' ? from + 1 : from;
        if (i == text.length()) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(value * 10 + digit, 100_000);
        }
        return negative ? -value : value;
    }
}
