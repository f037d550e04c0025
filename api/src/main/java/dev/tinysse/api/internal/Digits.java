package dev.tinysse.api.internal;

import java.util.Optional;

/**
 * Whole numbers as options have them: ASCII digits, no sign. Safe for any thread.
 */
public final class Digits {

    /** More digits than any limit has, and fewer than would overflow. */
    private static final int MAX_LENGTH = 18;

    private Digits() {}

    /** {@return whether a character is a digit of ASCII} */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * The number that a text means.
     *
     * @param text not null
     * @return from 0 up to 18 digits; nothing when the text is none or has more
     */
    public static Optional<Long> parse(String text) {
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
