package dev.tinysse.server.admin;

import dev.tinysse.server.http.Requests;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Lets those through who send the token, or are logged in. Safe for any thread.
 *
 * @param token that operators send
 * @param sessions who is logged in
 * @param routes know which paths need no token
 */
record TokenFilter(OperatorToken token, Sessions sessions, AdminRoutes routes) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String path = Requests.path(request);
        if (HealthResource.OPEN.contains(path) || path.equals(LoginResource.LOGIN) || routes.isPage(path)
                || token.isIn(request) || sessions.contains(request)) {
            chain.proceed();
            return;
        }
        token.refuse(request, response);
    }
}
