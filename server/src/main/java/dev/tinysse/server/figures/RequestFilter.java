package dev.tinysse.server.figures;

import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * Tells of each request when its response has been sent. Safe for any thread.
 *
 * @param observers in their order
 */
public record RequestFilter(List<RequestObserver> observers) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long began = System.nanoTime();
        RequestOutcome outcome = new RequestOutcome();
        Connection.current().handled();
        observers.forEach(observer -> observer.begin(request, outcome));
        int code = Status.INTERNAL_SERVER_ERROR_500.code();
        try {
            outcome.during(chain::proceed);
            code = response.status().code();
        } catch (CloseConnectionException e) {
            code = response.isSent() || Connection.current().isDetached() ? response.status().code() : 0;
            throw e;
        } finally {
            if (code > 0) { // else the client has gone, and there was no response
                CompletedRequest completed = new CompletedRequest(request, code,
                        outcome.started(System.nanoTime()) - began, response.bytesWritten(), outcome);
                observers.forEach(observer -> observer.completed(completed));
            }
        }
    }
}
