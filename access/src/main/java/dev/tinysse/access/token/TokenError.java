package dev.tinysse.access.token;

import java.util.Locale;

/** Which check a token has failed. The text is for clients, and says no more than that. */
public enum TokenError {
    /** It is no token at all, or one of a kind that is not taken. */
    MALFORMED("the token is malformed"),
    /** Its algorithm is not one of those that are taken. */
    ALGORITHM("the token's algorithm is not accepted"),
    /** No key has the id that it names. */
    KEY_ID("the token's key is not known"),
    /** It has not been signed with a key that is valid. */
    SIGNATURE("the token's signature is not valid"),
    /** It says nothing of its end. */
    NO_EXPIRY("the token has no exp"),
    /** It is no longer valid. */
    EXPIRED("the token has expired"),
    /** It is not valid before a later time. */
    NOT_YET_VALID("the token is not valid yet"),
    /** It is from somebody else. */
    ISSUER("the token's issuer is not accepted"),
    /** It is for somebody else. */
    AUDIENCE("the token's audience is not accepted"),
    /** The claim with the rights is not as it should be. */
    RIGHTS("the token's rights are malformed"),
    /** There is no such API key. */
    API_KEY("the API key is not known");

    private final String text;

    TokenError(String text) {
        this.text = text;
    }

    /** {@return the text for clients; printable ASCII without quotes} */
    public String text() {
        return text;
    }

    /** {@return the name in metrics and logs} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
