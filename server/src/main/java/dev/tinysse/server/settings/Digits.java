package dev.tinysse.server.settings;

import java.util.Optional;

/**
 * Whole numbers as options have them: ASCII digits, no sign.
 */
final class Digits {

    /** More digits than any limit has, and fewer than would overflow. */
    private static final int MAX_LENGTH = 18;

    private Digits() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The number, or nothing when the text is none or is beyond every limit. */
    static Optional<Long> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }
}
