package dev.tinysse.server.access;

import dev.tinysse.server.access.token.InvalidTokenException;
import io.helidon.http.Status;
import java.util.Optional;

/**
 * A request may not do what it asks for. The texts are for the client, as
 * <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a> has them; none shows a token.
 */
public final class AccessDeniedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final String reason;
    private final transient Optional<String> challenge;

    private AccessDeniedException(Status status, String reason, Optional<String> challenge, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.challenge = challenge;
    }

    /** There is no token where one is needed. */
    static AccessDeniedException noToken() {
        return new AccessDeniedException(Status.UNAUTHORIZED_401, "no_token", Optional.of("Bearer"),
                "a token is required");
    }

    /** The token is not valid. */
    static AccessDeniedException invalid(InvalidTokenException failure) {
        return invalidToken(failure.error().toString(), failure.error().text());
    }

    /** The token came in a cookie, and a page of another origin may have sent that. */
    static AccessDeniedException foreignOrigin() {
        return invalidToken("origin",
                "a cookie authenticates a publish only with an Origin of this server or of --cors-allow-origin");
    }

    private static AccessDeniedException invalidToken(String reason, String text) {
        return new AccessDeniedException(Status.UNAUTHORIZED_401, reason,
                Optional.of("Bearer error=\"invalid_token\", error_description=\"" + text + "\""), text);
    }

    /** There are two different tokens. */
    static AccessDeniedException twoTokens() {
        String text = "there are two different tokens";
        return new AccessDeniedException(Status.BAD_REQUEST_400, "two_tokens",
                Optional.of("Bearer error=\"invalid_request\", error_description=\"" + text + "\""), text);
    }

    /** The rights do not reach so far. */
    static AccessDeniedException forbidden(String deed, String channel) {
        return insufficientScope("no permission to %s: channel=%s".formatted(deed, channel));
    }

    /** The rights do not reach so far. */
    static AccessDeniedException forbiddenStream(String deed, String stream) {
        return insufficientScope("no permission to %s: stream=%s".formatted(deed, stream));
    }

    private static AccessDeniedException insufficientScope(String text) {
        return new AccessDeniedException(Status.FORBIDDEN_403, "insufficient_scope",
                Optional.of("Bearer error=\"insufficient_scope\""), text);
    }

    /** {@return the status of the response: 400, 401 or 403} */
    public Status status() {
        return status;
    }

    /** {@return one of a few words, for counts} */
    public String reason() {
        return reason;
    }

    /** {@return the value of {@code WWW-Authenticate}} */
    public Optional<String> challenge() {
        return challenge;
    }
}
