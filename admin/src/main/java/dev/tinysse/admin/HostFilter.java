package dev.tinysse.admin;

import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;

/**
 * Rejects requests to a name that is not the listener's, and from pages of other origins. Safe for any thread.
 *
 * @param hosts names of the listener
 * @param router has the paths that need none
 */
record HostFilter(AdminHosts hosts, Router router) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!router.find(Requests.path(request)).stream().allMatch(Route::needsHost)) {
            chain.proceed();
            return;
        }
        AdminHosts.Local local = new AdminHosts.Local(request.localPeer().host(), request.localPeer().port(),
                request.isSecure());
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        List<String> origins = request.headers().all(HeaderNames.ORIGIN, List::of);
        if (host.filter(name -> hosts.contains(name, local)).isEmpty()) {
            refuse(response, "Host is no name of this listener (see --admin-host NAME): Host=", host.orElse(""));
        } else if (origins.size() > 1) {
            refuse(response, "Origin occurs twice: Origin=", String.join(", ", origins));
        } else if (!origins.stream().allMatch(name -> hosts.containsOrigin(name, local))) {
            refuse(response, "Origin is another than this listener's (see --admin-host NAME:PORT): Origin=",
                    origins.getFirst());
        } else {
            chain.proceed();
        }
    }

    private static void refuse(RoutingResponse response, String text, String value) {
        Responses.error(response, Status.FORBIDDEN_403, text + Responses.shown(value));
    }
}
