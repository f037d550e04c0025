package dev.tinysse.server.rights;

/**
 * A pattern for names of durable streams: segments between slashes, of which {@code *} stands for exactly one, and {@code **}, as the
 * last one, for one or more.
 *
 * @param text the pattern
 */
public record StreamPattern(String text) {
    private static final String ONE = "*";
    private static final String MANY = "**";
    private static final int MAX_LENGTH = 2048;

    /**
     * Whether a text is a pattern.
     *
     * @param text not null
     */
    public static boolean isPattern(String text) {
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        String[] segments = text.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean wildcard = segments[i].equals(ONE) || segments[i].equals(MANY) && i == segments.length - 1;
            if (segments[i].isEmpty() || !wildcard && segments[i].indexOf('*') >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the pattern matches a name. */
    boolean matches(String name) {
        String[] wanted = text.split("/", -1);
        String[] segments = name.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (i == segments.length) {
                return false;
            }
            if (wanted[i].equals(MANY)) {
                return true;
            }
            if (!wanted[i].equals(ONE) && !wanted[i].equals(segments[i])) {
                return false;
            }
        }
        return wanted.length == segments.length;
    }

    @Override
    public String toString() {
        return text;
    }
}
