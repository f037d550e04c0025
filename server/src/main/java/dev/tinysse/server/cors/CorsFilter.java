package dev.tinysse.server.cors;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Objects;

/**
 * Puts the headers of a {@link CorsPolicy} on every response of the routing, errors included, and responds to
 * preflights on every path. Any number of threads may run it at once.
 * <p>
 * The headers are set before the request is handled further, so a handler adds to them as long as it leaves {@code Vary} alone.
 */
public final class CorsFilter implements Filter {
    private final CorsPolicy policy;

    /** Makes a filter that applies this policy. */
    public CorsFilter(CorsPolicy policy) {
        this.policy = Objects.requireNonNull(policy);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var origin = request.headers().first(HeaderNames.ORIGIN);
        policy.headersFor(origin.orElse("")).forEach(response::header);
        if (origin.isPresent() && asksForMethod(request)) {
            policy.preflightHeaders().forEach(response::header);
            response.send();
        } else {
            chain.proceed();
        }
    }

    /** Tells a preflight from any other {@code OPTIONS}, as in section 3.2.2 of the Fetch standard. */
    private static boolean asksForMethod(RoutingRequest request) {
        return request.prologue().method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }
}
