package dev.tinysse.access.token;

/** A token is not valid. */
public final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1;

    private final TokenError error;

    /** Says which check it has failed. */
    public InvalidTokenException(TokenError error) {
        super(error.text(), null, false, false);
        this.error = error;
    }

    /** {@return which check it has failed} */
    public TokenError error() {
        return error;
    }
}
