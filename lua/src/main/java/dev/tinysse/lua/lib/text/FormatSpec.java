package dev.tinysse.lua.lib.text;

import java.nio.charset.StandardCharsets;

/**
 * One conversion specification of {@code string.format}, such as {@code %-5.2f}.
 *
 * @param text       all of it, with the percent sign
 * @param flags      the flags that are set
 * @param width      the least width, 0 if none is given
 * @param precision  the precision, -1 if none is given
 * @param conversion the letter, 0 if the format ends before it
 */
public record FormatSpec(String text, int flags, int width, int precision, char conversion) {
    static final int LEFT = 1;
    static final int PLUS = 2;
    static final int ALTERNATE = 4;
    static final int ZERO = 8;
    static final int SPACE = 16;

    private static final String FLAGS = "-+#0 ";
    private static final int MAX_LENGTH = 22;

    /**
     * Reads the specification whose percent sign is at {@code format[start]}; what follows the last character read is not looked at.
     *
     * @throws MalformedException if it is too long
     */
    public static FormatSpec read(byte[] format, int start, int end) {
        int at = start + 1;
        while (at < end && (isDigit(format[at]) || format[at] == '.' || FLAGS.indexOf(format[at]) >= 0)) {
            at++;
        }
        if (at - start >= MAX_LENGTH) {
            throw new MalformedException("invalid format (too long)");
        }
        int flags = 0;
        int next = start + 1;
        while (next < at && FLAGS.indexOf(format[next]) >= 0) {
            flags |= 1 << FLAGS.indexOf(format[next++]);
        }
        int width = 0;
        while (next < at && isDigit(format[next])) {
            width = 10 * width + format[next++] - '0';
        }
        int precision = -1;
        if (next < at && format[next] == '.') {
            precision = 0;
            while (++next < at && isDigit(format[next])) {
                precision = 10 * precision + format[next] - '0';
            }
        }
        boolean complete = at < end;
        String text = new String(format, start, (complete ? at + 1 : at) - start, StandardCharsets.ISO_8859_1);
        return new FormatSpec(text, flags, width, precision, complete ? (char) (format[at] & 0xff) : 0);
    }

    /**
     * Checks that there is nothing but certain flags, at most two digits of width and, if allowed, at most two of precision.
     *
     * @throws MalformedException if there is anything else
     */
    public void check(String allowedFlags, boolean mayHavePrecision) {
        int at = 1;
        while (allowedFlags.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (text.charAt(at) != '0') {
            at = skipDigits(at);
            if (text.charAt(at) == '.' && mayHavePrecision) {
                at = skipDigits(at + 1);
            }
        }
        if (at != text.length() - 1) {
            throw new MalformedException("invalid conversion specification: '" + text + "'");
        }
    }

    /** Whether there is nothing between the percent sign and the letter. */
    public boolean plain() {
        return text.length() == 2;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The characters in front of a number: a minus, or those of the flags. */
    String sign(boolean negative) {
        if (negative) {
            return "-";
        }
        return has(PLUS) ? "+" : has(SPACE) ? " " : "";
    }

    /** Appends a prefix and a body, filled up to the width with spaces, or with zeros between the two. */
    void pad(ByteBuilder out, String prefix, ByteBuilder body, boolean zeros) {
        int missing = width - prefix.length() - body.length();
        if (!has(LEFT) && !zeros) {
            out.fill(' ', missing);
        }
        out.append(prefix);
        if (!has(LEFT) && zeros) {
            out.fill('0', missing);
        }
        out.append(body.array(), 0, body.length());
        if (has(LEFT)) {
            out.fill(' ', missing);
        }
    }

    /** Appends text filled up to the width, cut at the precision. */
    public void text(ByteBuilder out, byte[] bytes, int offset, int length) {
        int shown = precision >= 0 ? Math.min(precision, length) : length;
        out.fill(has(LEFT) ? 0 : ' ', has(LEFT) ? 0 : width - shown);
        out.append(bytes, offset, shown);
        out.fill(' ', has(LEFT) ? width - shown : 0);
    }

    private int skipDigits(int from) {
        int at = from;
        while (at < from + 2 && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
