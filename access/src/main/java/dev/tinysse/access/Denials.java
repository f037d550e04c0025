package dev.tinysse.access;

import dev.tinysse.access.token.TokenError;
import dev.tinysse.server.access.AccessDeniedException;
import io.helidon.http.Status;

/** The reasons why a request may not do what it asks for. Pure functions. */
final class Denials {
    private Denials() {}

    /** There is no token where one is needed. */
    static AccessDeniedException noToken() {
        return new AccessDeniedException(Status.UNAUTHORIZED_401, "no_token", "Bearer", "a token is required");
    }

    /** The token is not valid. */
    static AccessDeniedException invalid(TokenError error) {
        return invalidToken(error.toString(), error.text());
    }

    /** The token came in a cookie, and a page of another origin may have sent that. */
    static AccessDeniedException foreignOrigin() {
        return invalidToken("origin",
                "a cookie authenticates a publish only with an Origin of this server or of --cors-allow-origin");
    }

    private static AccessDeniedException invalidToken(String reason, String text) {
        return new AccessDeniedException(Status.UNAUTHORIZED_401, reason,
                "Bearer error=\"invalid_token\", error_description=\"" + text + "\"", text);
    }

    /** There are two different tokens. */
    static AccessDeniedException twoTokens() {
        String text = "there are two different tokens";
        return new AccessDeniedException(Status.BAD_REQUEST_400, "two_tokens",
                "Bearer error=\"invalid_request\", error_description=\"" + text + "\"", text);
    }

    /** The rights do not reach so far. */
    static AccessDeniedException forbidden(String deed, String channel) {
        return new AccessDeniedException(Status.FORBIDDEN_403, "insufficient_scope",
                "Bearer error=\"insufficient_scope\"", "no permission to %s: channel=%s".formatted(deed, channel));
    }
}
