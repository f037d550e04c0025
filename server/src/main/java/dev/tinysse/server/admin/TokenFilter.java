package dev.tinysse.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.http.Requests;
import dev.tinysse.server.http.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Lets those through who send the token, or are logged in. Safe for any thread.
 *
 * @param token empty when everybody may
 * @param sessions who is logged in
 * @param routes know which paths need no token
 */
record TokenFilter(Optional<String> token, Sessions sessions, AdminRoutes routes) implements Filter {
    private static final String BEARER = "bearer ";

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = Requests.path(request);
        if (token.isEmpty() || AdminListener.open().contains(path) || path.equals(LoginResource.LOGIN)
                || routes.isPage(path) || isToken(request, token.get()) || sessions.contains(request)) {
            chain.proceed();
            return;
        }
        refuse(response);
    }

    static void refuse(ServerResponse response) {
        response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        Responses.error(response, Status.UNAUTHORIZED_401, "the operators' token is required");
    }

    /** Whether a request has the token; how long that takes does not tell how much of it is right. */
    static boolean isToken(ServerRequest request, String token) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length()) && MessageDigest
                .isEqual(header.substring(BEARER.length()).strip().getBytes(UTF_8), token.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "TokenFilter[token=" + token.isPresent() + "]";
    }
}
