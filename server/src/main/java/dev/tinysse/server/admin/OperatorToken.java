package dev.tinysse.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.http.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The token that operators send. Safe for any thread.
 *
 * @param text empty when requests need none
 * @param wrong counts other tokens
 */
record OperatorToken(Optional<String> text, WrongTokens wrong) {
    private static final String BEARER = "bearer ";

    /** Verifies the token of a request; the time that this takes does not depend on how much of a token is right. */
    TokenVerdict verify(ServerRequest request) {
        if (text.isEmpty()) {
            return new TokenVerdict.Valid();
        }
        Optional<String> sent = request.headers().first(HeaderNames.AUTHORIZATION);
        if (sent.isEmpty()) {
            return new TokenVerdict.Invalid();
        }
        return wrong.count(request.remotePeer().host(), isRight(sent.get()));
    }

    /** Responds to a request whose token is not valid. */
    void refuse(TokenVerdict verdict, ServerResponse response) {
        if (verdict instanceof TokenVerdict.Throttled(long seconds)) {
            response.header(HeaderNames.RETRY_AFTER, Long.toString(seconds));
            Responses.error(response, Status.TOO_MANY_REQUESTS_429,
                    "too many wrong tokens; try again in %d s".formatted(seconds));
        } else {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
            Responses.error(response, Status.UNAUTHORIZED_401, "the admin token is required");
        }
    }

    private boolean isRight(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length()) && MessageDigest
                .isEqual(header.substring(BEARER.length()).strip().getBytes(UTF_8), text.orElseThrow().getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "OperatorToken[" + (text.isPresent() ? "set" : "none") + "]";
    }
}
