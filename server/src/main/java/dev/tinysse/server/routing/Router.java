package dev.tinysse.server.routing;

import dev.tinysse.server.transport.Connection;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps the path and the method of a request to a handler. Paths are compared undecoded: {@code /%73se} is not {@code /sse}. Filled before
 * its listener starts, and read by any thread from then on.
 */
public final class Router implements Handler {
    private final Map<String, List<Route>> exact = new HashMap<>();
    private final Map<Route.Segment, List<Route>> segments = new LinkedHashMap<>();
    private final Handler otherwise;
    private final boolean listsMethods;
    private final List<Header> headers;

    /**
     * A router without routes.
     *
     * @param otherwise responds on all other paths
     * @param listsMethods whether OPTIONS is responded to with the methods of a path, as browsers expect; otherwise it is not allowed
     * @param headers of each response of a route
     */
    public Router(Handler otherwise, boolean listsMethods, List<Header> headers) {
        this.otherwise = otherwise;
        this.listsMethods = listsMethods;
        this.headers = List.copyOf(headers);
    }

    /** Adds a route. One that was added before wins. */
    public void add(Route route) {
        route.path().ifPresent(path -> exact.computeIfAbsent(path, _ -> new ArrayList<>(2)).add(route));
        route.segment().ifPresent(segment -> segments.computeIfAbsent(segment, _ -> new ArrayList<>(2)).add(route));
    }

    /** {@return the routes of a path; none if nothing is there} */
    public List<Route> find(String path) {
        List<Route> found = exact.get(path);
        if (found != null) {
            return found;
        }
        for (Map.Entry<Route.Segment, List<Route>> entry : segments.entrySet()) {
            if (entry.getKey().matches(path)) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    /** {@return the name of a path for metrics: one of a few words, whatever the request} */
    public String name(String path, String method) {
        String name = Route.OTHER;
        for (Route route : find(path)) {
            name = route.name();
            if (route.handlers().containsKey(Method.create(method))) {
                break;
            }
        }
        return name;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        List<Route> routes = find(Requests.path(request));
        if (routes.isEmpty()) {
            Connection.of(request).leaveLoop();
            otherwise.handle(request, response);
            return;
        }
        Method method = request.prologue().method();
        for (Route route : routes) {
            Handler handler = route.handlers().get(method);
            if (handler != null) {
                if (!route.isOnLoop()) {
                    Connection.of(request).leaveLoop();
                }
                headers.forEach(response::header);
                handler.handle(request, response);
                return;
            }
        }
        response.header(HeaderNames.ALLOW, routes.stream().flatMap(route -> route.handlers().keySet().stream())
                .map(Method::text).collect(Collectors.joining(", ")));
        Responses.closeIfUnread(request, response);
        if (listsMethods && method.equals(Method.OPTIONS)) {
            response.status(Status.OK_200).send();
        } else {
            Responses.methodNotAllowed(request, response);
        }
    }
}
