package dev.tinysse.server.admin;

import dev.tinysse.server.http.Requests;
import dev.tinysse.server.http.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;

/** Refuses requests by a name that is not the listener's, and of pages of other names. Safe for any thread. */
record HostFilter(AdminHosts hosts) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (HealthResource.OPEN.contains(Requests.path(request))) {
            chain.proceed();
            return;
        }
        String local = request.localPeer().host();
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        if (host.filter(name -> hosts.contains(name, local)).isEmpty()) {
            refuse(response, "Host", host.orElse(""));
        } else if (origin.filter(name -> !hosts.containsOrigin(name, local)).isPresent()) {
            refuse(response, "Origin", origin.get());
        } else {
            chain.proceed();
        }
    }

    private static void refuse(RoutingResponse response, String header, String value) {
        Responses.error(response, Status.FORBIDDEN_403,
                "%s is no name of this listener (see --admin-host): %1$s=%s".formatted(header, Responses.shown(value)));
    }
}
