package dev.tinysse.server.access;

import io.helidon.http.Status;

/**
 * A request may not do what it asks for. The texts are for the client, as
 * <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 section 3</a> has them; none shows a token.
 */
public final class AccessDeniedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final String reason;
    private final String challenge;

    /**
     * A refusal.
     *
     * @param status of the response: 400, 401 or 403
     * @param reason one of a few words, for counts
     * @param challenge the value of {@code WWW-Authenticate}
     * @param message for the client
     */
    public AccessDeniedException(Status status, String reason, String challenge, String message) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.challenge = challenge;
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
    public String challenge() {
        return challenge;
    }
}
