package dev.tinysse.server.transport;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Tells a connection when a request on it is complete. Outermost of all filters. Safe for any thread. */
final class RequestEnd implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        try {
            chain.proceed();
        } finally {
            Connection.of(request).requestComplete();
        }
    }
}
