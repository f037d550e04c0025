package dev.tinysse.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.component.StartException;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int MIN_LENGTH = 16;

    /**
     * The token in a file.
     *
     * @param file empty when requests need none
     * @throws StartException if the file has none
     */
    static OperatorToken read(Optional<String> file) throws StartException {
        return new OperatorToken(file.isEmpty() ? Optional.empty() : Optional.of(text(file.get())),
                new WrongTokens(System::nanoTime));
    }

    private static String text(String file) throws StartException {
        String token;
        try {
            token = Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new StartException("cannot read --admin-token-file " + file, e);
        }
        if (token.length() < MIN_LENGTH) {
            throw new StartException(
                    "--admin-token-file %s must hold a token of at least %d characters (openssl rand -hex 32 makes one): length=%d"
                            .formatted(file, MIN_LENGTH, token.length()));
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new StartException("--admin-token-file " + file
                    + " must hold one token of printable ASCII characters without blanks");
        }
        return token;
    }

    /** Whether requests need it. */
    boolean isRequired() {
        return text.isPresent();
    }

    /** Verifies the token of a request; the time that this takes does not depend on how much of a token is right. */
    TokenVerdict verify(ServerRequest request) {
        if (!isRequired()) {
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
        return "OperatorToken[" + (isRequired() ? "set" : "none") + "]";
    }
}
