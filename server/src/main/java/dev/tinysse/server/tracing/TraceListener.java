package dev.tinysse.server.tracing;

import dev.tinysse.broker.tracing.Tracer;
import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestHead;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.routing.Route;

/**
 * Makes a span of each request that publishes, from its head to its response. Safe for any thread.
 *
 * @param tracer makes it
 */
public record TraceListener(Tracer tracer) implements RequestListener {
    private static final String POST = "POST";
    private static final int SERVER_ERROR = 500;

    @Override
    public RequestListener begin(RequestHead head) {
        return head.method().equals(POST) && head.route().equals(Route.PUBLISH)
                ? new Traced(tracer.begin(Route.PUBLISH, head.traceparent()))
                : this;
    }

    @Override
    public void completed(CompletedRequest request) {
        // it has no span
    }

    private record Traced(Tracer.Span span) implements RequestListener {
        @Override
        public void completed(CompletedRequest request) {
            try (span) {
                if (request.hasResponse()) {
                    span.note("http.response.status_code", request.status());
                }
                if (request.status() >= SERVER_ERROR) {
                    span.fail("status " + request.status());
                }
            }
        }
    }
}
