package dev.tinysse.lua.lib.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads numerals as Lua does, in source text and in strings (reference manual, sections 3.1 and 3.4.3): decimal and hexadecimal, integers
 * and floats, with spaces around them and a sign in front. Free functions, for any thread.
 */
public final class NumberScanner {
    private static final double[] EXACT_POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
            1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long MAX_EXACT = 1L << 53;

    private final byte[] text;
    private final int start;
    private final int end;
    private int next;

    private NumberScanner(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.next = start;
    }

    /**
     * The number that {@code text[start..end)} is a numeral of.
     *
     * @return a {@link Long} for an integer, a {@link Double} for a float, null if the text is no numeral
     */
    public static Number parse(byte[] text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(text[from])) {
            from++;
        }
        while (to > from && isSpace(text[to - 1])) {
            to--;
        }
        return from == to ? null : new NumberScanner(text, from, to).number();
    }

    /** Whether C's {@code isspace} holds for this byte. */
    public static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** The value of a digit or letter as a digit, 0 to 35; -1 for any other byte. */
    public static int digitValue(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : -1;
    }

    private Number number() {
        boolean negative = text[next] == '-';
        if (negative || text[next] == '+') {
            next++;
        }
        boolean hexadecimal = end - next > 1 && text[next] == '0' && (text[next + 1] | 0x20) == 'x';
        if (hexadecimal) {
            next += 2;
            return hexadecimal(negative);
        }
        return decimal(negative);
    }

    /** Integers wrap around; with a point or an exponent it is a float. */
    private Number hexadecimal(boolean negative) {
        int first = next;
        long value = 0;
        while (next < end && hexDigit(text[next]) >= 0) {
            value = value << 4 | hexDigit(text[next++]);
        }
        int digits = next - first;
        if (next == end) {
            return digits == 0 ? null : Long.valueOf(negative ? -value : value);
        }
        if (text[next] == '.') {
            next++;
            while (next < end && hexDigit(text[next]) >= 0) {
                next++;
                digits++;
            }
        }
        if (digits == 0) {
            return null;
        }
        if (next == end) {
            return Double.parseDouble(string() + "p0");
        }
        return (text[next] | 0x20) == 'p' && exponentFollows() ? Double.parseDouble(string()) : null;
    }

    private Number decimal(boolean negative) {
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        boolean point = false;
        boolean small = true;
        for (; next < end; next++) {
            int c = text[next];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                digits++;
                fraction += point ? 1 : 0;
                small = small && mantissa < Long.MAX_VALUE / 10 - 1;
                mantissa = small ? 10 * mantissa + c - '0' : mantissa;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return null;
        }
        if (next < end) {
            return (text[next] | 0x20) == 'e' && exponentFollows() ? Double.parseDouble(string()) : null;
        }
        if (!point) {
            return small ? Long.valueOf(negative ? -mantissa : mantissa) : large(negative);
        }
        if (small && mantissa <= MAX_EXACT && fraction < EXACT_POWERS.length) {
            double value = mantissa / EXACT_POWERS[fraction];
            return negative ? -value : value;
        }
        return Double.parseDouble(string());
    }

    /** A decimal integer of 19 digits or more: a float if 64 bits do not hold it. */
    private Number large(boolean negative) {
        long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long value = 0;
        int at = text[start] == '-' || text[start] == '+' ? start + 1 : start;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            // counts downwards, because there is one more negative number
            if (value < limit / 10 || 10 * value < limit + digit) {
                return Double.parseDouble(string());
            }
            value = 10 * value - digit;
        }
        return negative ? value : -value;
    }

    /** Whether what follows the letter at {@code next} is an exponent up to the end. */
    private boolean exponentFollows() {
        int at = next + 1;
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        int first = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > first && at == end;
    }

    private String string() {
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static int hexDigit(int c) {
        int value = digitValue(c);
        return value < 16 ? value : -1;
    }
}
