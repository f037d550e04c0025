package dev.tinysse.api.internal;

/**
 * Makes any text safe to stand in one line of a log or on a terminal. Safe for any thread.
 */
public final class OneLine {

    private OneLine() {}

    /**
     * The text with an escape such as {@code \n} in place of each control character, each line or
     * paragraph separator, and each sign that turns the direction of writing.
     */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (breaks(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    private static String escaped(String text, int clean) {
        StringBuilder line = new StringBuilder(text.length() + 16).append(text, 0, clean);
        for (int i = clean; i < text.length(); i++) {
            char c = text.charAt(i);
            if (breaks(c)) {
                appendEscape(line, c);
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean breaks(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        };
    }

    private static void appendEscape(StringBuilder line, char c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> line.append("\\u").append(String.format("%04x", (int) c));
        }
    }
}
