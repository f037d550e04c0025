package dev.tinysse.api.internal;

/** Tokens of HTTP: methods, names of headers, halves of media types. Safe for any thread. */
public final class Tokens {
    private static final String SIGNS = "!#$%&'*+-.^_`|~";

    /** A token as a regular expression without groups, which does not give back what it has matched. */
    public static final String REGEX = "[0-9A-Za-z\\Q" + SIGNS + "\\E]++";

    private Tokens() {}

    /**
     * Whether a text is a token of <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110 section
     * 5.6.2</a>.
     *
     * @param text not null
     * @return false for an empty text
     */
    public static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenCharacter);
    }

    /**
     * Whether a token may have this character.
     *
     * @param c a character, or anything else
     * @return false for what is no character of ASCII
     */
    public static boolean isTokenCharacter(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || SIGNS.indexOf(c) >= 0;
    }
}
