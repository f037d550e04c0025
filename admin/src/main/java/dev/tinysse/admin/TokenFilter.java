package dev.tinysse.admin;

import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Passes on requests that have the token or the cookie of a session, or need neither. Safe for any thread.
 *
 * @param token that operators send
 * @param sessions browsers that are logged in
 * @param router has the paths that need no token
 */
record TokenFilter(OperatorToken token, Sessions sessions, Router router) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!router.find(Requests.path(request)).stream().allMatch(Route::needsToken)
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
