package dev.tinysse.server.http;

import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestHead;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.requests.RequestOutcome;
import dev.tinysse.server.requests.StreamListener;
import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;

/**
 * Passes each completed request to the listeners: a request that reached the routing, and one that was refused before. Safe for any
 * thread.
 */
public final class RequestFilter implements Filter, RequestListener {
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

    private final Router router;
    private final List<RequestListener> listeners;
    private final List<RequestListener> ofStreams;

    /**
     * A filter.
     *
     * @param router names the paths
     * @param listeners in their order
     */
    public RequestFilter(Router router, List<RequestListener> listeners) {
        this.router = router;
        this.listeners = List.copyOf(listeners);
        this.ofStreams = listeners.stream().filter(RequestListener::observesStreams).toList();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long began = System.nanoTime();
        Connection connection = Connection.of(request);
        connection.handled();
        RequestHead head = head(request);
        RequestOutcome outcome = connection.outcome();
        if (!ofStreams.isEmpty()) {
            connection.observeStream(new StreamListener(head, ofStreams));
        }
        RequestListener[] observers = new RequestListener[listeners.size()];
        for (int i = 0; i < observers.length; i++) {
            observers[i] = listeners.get(i).begin(head);
        }
        int status = Status.INTERNAL_SERVER_ERROR_500.code();
        try {
            chain.proceed();
            status = response.status().code();
        } catch (CloseConnectionException e) {
            status = response.isSent() || connection.isDetached() ? response.status().code() : 0;
            throw e;
        } finally {
            CompletedRequest completed = new CompletedRequest(head, status,
                    outcome.started(System.nanoTime()) - began, response.bytesWritten(), Optional.of(outcome));
            for (RequestListener listener : observers) {
                listener.completed(completed);
            }
        }
    }

    private RequestHead head(RoutingRequest request) {
        String method = request.prologue().method().text();
        String path = Requests.path(request);
        return new RequestHead(request.remotePeer().host() + ":" + request.remotePeer().port(), method, path,
                router.name(path, method), request.headers().first(TRACEPARENT));
    }

    /** A request was refused before it reached the routing. */
    @Override
    public void completed(CompletedRequest refused) {
        RequestHead head = refused.head();
        CompletedRequest named = new CompletedRequest(head.withRoute(router.name(head.path(), head.method())),
                refused.status(), refused.nanos(), refused.bytes(), refused.outcome());
        listeners.forEach(listener -> listener.completed(named));
    }
}
