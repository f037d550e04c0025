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
 * What operators send to be let in. Safe for any thread.
 *
 * @param text empty when everybody may
 * @param wrong is told of other tokens
 */
record OperatorToken(Optional<String> text, WrongTokens wrong) {
    private static final String BEARER = "bearer ";

    /** Whether a request has the token, or needs none; how long that takes does not tell how much of it is right. */
    boolean isIn(ServerRequest request) {
        if (text.isEmpty()) {
            return true;
        }
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length()) && MessageDigest
                .isEqual(header.substring(BEARER.length()).strip().getBytes(UTF_8), text.get().getBytes(UTF_8));
    }

    /** Responds to who has not sent it. */
    void refuse(ServerRequest request, ServerResponse response) {
        if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
            wrong.add(request.remotePeer().host());
        }
        response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        Responses.error(response, Status.UNAUTHORIZED_401, "the operators' token is required");
    }

    @Override
    public String toString() {
        return "OperatorToken[" + (text.isPresent() ? "set" : "none") + "]";
    }
}
