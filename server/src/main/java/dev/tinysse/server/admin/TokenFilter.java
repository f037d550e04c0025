package dev.tinysse.server.admin;

import dev.tinysse.server.http.Requests;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Passes on requests that have the token or the cookie of a session, or need neither. Safe for any thread.
 *
 * @param token that operators send
 * @param sessions browsers that are logged in
 * @param routes know which paths need no token
 */
record TokenFilter(OperatorToken token, Sessions sessions, AdminRoutes routes) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = Requests.path(request);
        if (HealthResource.OPEN.contains(path) || path.equals(LoginResource.LOGIN) || routes.isPage(path)
                || sessions.contains(request)) {
            chain.proceed();
            return;
        }
        TokenVerdict verdict = token.verify(request);
        if (verdict instanceof TokenVerdict.Valid) {
            chain.proceed();
        } else {
            token.refuse(verdict, response);
        }
    }
}
