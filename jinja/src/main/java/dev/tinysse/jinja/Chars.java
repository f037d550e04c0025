package dev.tinysse.jinja;

/** Classes of characters as the template language has them. */
final class Chars {

    private Chars() {}

    /** Whitespace as Unicode defines it. */
    static boolean isWhite(int c) {
        return switch (c) {
            case ' ', '\t', '\n', 0x0b, '\f', '\r', 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200a;
        };
    }

    static boolean isAsciiWhite(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean startsName(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isName(char c) {
        return startsName(c) || isDigit(c);
    }

    static boolean isAsciiPunctuation(int c) {
        return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~';
    }

    static String trimEnd(String s) {
        int end = s.length();
        while (end > 0 && isWhite(s.charAt(end - 1))) {
            end--;
        }
        return s.substring(0, end);
    }

    static String trimStart(String s) {
        int start = 0;
        while (start < s.length() && isWhite(s.charAt(start))) {
            start++;
        }
        return s.substring(start);
    }
}
