package dev.tinysse.jinja;

import java.math.BigInteger;

/** Reads the numbers and texts written in templates. */
final class Literals {

    private static final int MAX_INTEGER_BITS = 128;

    private Literals() {}

    /** Reads a number; the cursor stands on a digit. */
    static Token number(Cursor cursor) {
        int line = cursor.line();
        int radix = switch (cursor.at(0) == '0' ? cursor.at(1) : 0) {
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        if (radix != 10) {
            cursor.take(2);
        }
        NumberShape shape = NumberShape.at(cursor, radix);
        String digits = cursor.take(shape.length());
        if (digits.endsWith("_")) {
            throw TemplateException.syntax("'_' may not occur at end of number");
        }
        digits = digits.replace("_", "");
        return shape.fractional() ? fractional(digits, line) : integer(digits, radix, line);
    }

    private static Token fractional(String digits, int line) {
        try {
            return Token.literal(Token.Type.FLOAT, Value.of(Double.parseDouble(digits)), line);
        } catch (NumberFormatException e) {
            throw TemplateException.syntax("invalid float");
        }
    }

    private static Token integer(String digits, int radix, int line) {
        try {
            var value = new BigInteger(digits, radix);
            if (value.bitLength() <= MAX_INTEGER_BITS) {
                return Token.literal(Token.Type.INTEGER, Value.of(value), line);
            }
        } catch (NumberFormatException e) {
            // such as 0b2 and 0x: told as the number that is too large
        }
        throw TemplateException.syntax("invalid integer (too large)");
    }

    /** Reads a quoted text; the cursor stands on the quote. */
    static Token text(Cursor cursor) {
        int line = cursor.line();
        char quote = cursor.at(0);
        int end = 1;
        while (cursor.at(end) != quote) {
            end += cursor.at(end) == '\\' ? 2 : 1;
            if (end >= cursor.remaining()) {
                cursor.takeRest();
                throw TemplateException.syntax("unexpected end of string");
            }
        }
        String quoted = cursor.take(end + 1);
        return Token.literal(Token.Type.STRING, Value.of(unescape(quoted.substring(1, end))), line);
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(++i);
            if (escape == 'u') {
                out.append(hexadecimal(text, i + 1));
                i += 4;
            } else {
                out.append(simpleEscape(escape));
            }
        }
        return withWholeSurrogates(out.toString());
    }

    private static char simpleEscape(char c) {
        return switch (c) {
            case '"', '\\', '/', '\'' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw TemplateException.badEscape();
        };
    }

    private static char hexadecimal(String text, int start) {
        if (start + 4 > text.length() || !text.substring(start, start + 4).matches("[0-9a-fA-F]{4}")) {
            throw TemplateException.badEscape();
        }
        return (char) Integer.parseInt(text.substring(start, start + 4), 16);
    }

    private static String withWholeSurrogates(String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw TemplateException.badEscape();
        }
        return text;
    }
}
