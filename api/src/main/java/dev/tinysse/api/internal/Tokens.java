package dev.tinysse.api.internal;

/** Tokens of HTTP: methods, names of headers, halves of media types. Safe for any thread. */
public final class Tokens {
    private static final String SIGNS = "!#$%&'*+-.^_`|~";

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

    private static boolean isTokenCharacter(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || SIGNS.indexOf(c) >= 0;
    }
}
