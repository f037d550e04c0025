package dev.tinysse.admin;

/** Whether the token of a request is the operators'. */
sealed interface TokenVerdict {
    /** The request has the token, or needs none. */
    record Valid() implements TokenVerdict {}

    /** The request has no token, or another one. */
    record Invalid() implements TokenVerdict {}

    /**
     * There have been too many wrong tokens; that of this request is ignored, even if it is right.
     *
     * @param seconds after which the client may try again, at least 1
     */
    record Throttled(long seconds) implements TokenVerdict {}
}
