package dev.tinysse.server.figures;

import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Counts each request when it has been answered. Safe for any thread. */
public record RequestFilter(RequestFigures figures, RouteNames routes) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long began = System.nanoTime();
        RequestOutcome outcome = new RequestOutcome();
        int code = Status.INTERNAL_SERVER_ERROR_500.code();
        try {
            outcome.during(chain::proceed);
            code = response.status().code();
        } catch (CloseConnectionException e) {
            code = response.isSent() || Connection.current().isDetached() ? response.status().code() : 0;
            throw e;
        } finally {
            if (code > 0) { // else the client has gone, and nothing was answered
                String method = request.prologue().method().text();
                figures.answered(routes.of(request, method), method, code, outcome.started(System.nanoTime()) - began,
                        outcome);
            }
        }
    }
}
