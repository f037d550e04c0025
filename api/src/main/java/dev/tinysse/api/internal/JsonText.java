package dev.tinysse.api.internal;

/**
 * How JSON writes texts and numbers (<a href="https://www.rfc-editor.org/rfc/rfc8259#section-6">RFC 8259, sections 6 and
 * 7</a>). Safe for any thread.
 */
public final class JsonText {
    /** From here on a power of ten is written instead of zeros. */
    private static final int LARGE_EXPONENT = 16;
    private static final int SMALL_EXPONENT = -6;

    private JsonText() {}

    /** {@return whether a character or byte has to be escaped in a string} */
    public static boolean isEscaped(int c) {
        return c >= 0 && c < ' ' || c == '"' || c == '\\';
    }

    /**
     * The escape of a character.
     *
     * @param c one that {@linkplain #isEscaped has to be escaped}
     * @return backslash and what follows
     */
    public static String escape(int c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u00" + (c < 16 ? '0' : '1') + Character.forDigit(c & 15, 16);
        };
    }

    /**
     * Writes a text as a string, in quotes.
     *
     * @param json where to
     * @param text not null
     */
    public static void appendString(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEscaped(c)) {
                json.append(escape(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /**
     * A number with a fraction: the shortest text that reads back as the same number, with a point or an exponent.
     *
     * @param value finite
     */
    public static String number(double value) {
        String text = Double.toString(value);
        int e = text.indexOf('E');
        if (e < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text, e + 1, text.length(), 10);
        String sign = value < 0 ? "-" : "";
        String whole = text.substring(sign.length(), text.indexOf('.'));
        String fraction = text.substring(text.indexOf('.') + 1, e);
        String digits = fraction.equals("0") ? whole : whole + fraction;
        return sign + (exponent > SMALL_EXPONENT && exponent < LARGE_EXPONENT
                ? plain(digits, exponent)
                : scientific(digits, exponent));
    }

    private static String plain(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        String filled = digits + "0".repeat(Math.max(0, exponent + 2 - digits.length()));
        return filled.substring(0, exponent + 1) + "." + filled.substring(exponent + 1);
    }

    private static String scientific(String digits, int exponent) {
        return digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + exponent;
    }
}
