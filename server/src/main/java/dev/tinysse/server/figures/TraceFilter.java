package dev.tinysse.server.figures;

import dev.tinysse.broker.tracing.Tracer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Makes a span of each request that publishes, from its head to its response. Safe for any thread.
 *
 * @param tracer makes it
 * @param routes tell which requests do
 */
public record TraceFilter(Tracer tracer, RouteNames routes) implements Filter {
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final String POST = "POST";

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String method = request.prologue().method().text();
        if (!method.equals(POST) || !routes.of(request, method).equals(RouteNames.PUBLISH)) {
            chain.proceed();
            return;
        }
        try (Tracer.Span span = tracer.begin(RouteNames.PUBLISH, request.headers().first(TRACEPARENT))) {
            chain.proceed();
            Status status = response.status();
            span.note("http.response.status_code", status.code());
            if (status.code() >= Status.INTERNAL_SERVER_ERROR_500.code()) {
                span.fail("status " + status.code());
            }
        }
    }
}
