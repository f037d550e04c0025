package dev.tinysse.api;

/**
 * The names of channels, and the patterns with which subscribers name many.
 *
 * <p>A name is 1 to {@value #MAX_LENGTH} letters, digits and {@code _ ~ @ : + = -} of ASCII, in segments between single dots:
 * {@code user.42.inbox}. In a pattern a segment {@code *} stands for exactly one segment, and {@code **}, as the last one, for one
 * or more.
 */
public final class ChannelName {
    /** The channel of requests that name none. */
    public static final String DEFAULT = "default";
    /** How long a name or pattern may be, in characters. */
    public static final int MAX_LENGTH = 128;
    private static final String PUNCTUATION = "_~@:+=-";

    private ChannelName() {}

    /**
     * Whether a text names one channel.
     *
     * @param text not null
     * @return whether it is a name; false for a pattern
     */
    public static boolean isName(String text) {
        return isDotted(text, false);
    }

    /**
     * Whether a text names one channel or many.
     *
     * @param text not null
     * @return whether it is a name or a pattern
     */
    public static boolean isNameOrPattern(String text) {
        return isDotted(text, true);
    }

    /**
     * Checks a name.
     *
     * @param text not null
     * @return the text
     * @throws IllegalArgumentException if it is no name
     */
    public static String requireName(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException("channel must be a name: channel=" + text);
        }
        return text;
    }

    /**
     * Checks a name or pattern.
     *
     * @param text not null
     * @return the text
     * @throws IllegalArgumentException if it is neither
     */
    public static String requireNameOrPattern(String text) {
        if (!isNameOrPattern(text)) {
            throw new IllegalArgumentException("channel must be a name or pattern: channel=" + text);
        }
        return text;
    }

    private static boolean isDotted(String text, boolean wildcards) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        int from = 0;
        while (true) {
            int dot = text.indexOf('.', from);
            int to = dot < 0 ? text.length() : dot;
            if (!isSegment(text, from, to) && !(wildcards && isWildcard(text, from, to))) {
                return false;
            }
            if (dot < 0) {
                return true;
            }
            from = dot + 1;
        }
    }

    private static boolean isSegment(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || PUNCTUATION.indexOf(c) >= 0)) {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isWildcard(String text, int from, int to) {
        return text.startsWith("*", from) && (to == from + 1 || to == from + 2 && to == text.length()
                && text.endsWith("**"));
    }
}
