package dev.tinysse.server.admin;

import dev.tinysse.server.http.Requests;
import dev.tinysse.server.http.Responses;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Maps the paths of operators to handlers. Filled before the listener starts, and read by any thread from then on. A path that ends
 * with {@code /*} has one more segment, undecoded.
 */
public final class AdminRoutes implements Handler {
    private final Map<String, Map<Method, Handler>> routes = new LinkedHashMap<>();
    private final Set<String> pages = new HashSet<>();

    /** Adds what responds to GET and HEAD. */
    public void get(String path, Handler handler) {
        add(path, Method.GET, handler);
        add(path, Method.HEAD, handler);
    }

    /** Adds what responds to POST. */
    public void post(String path, Handler handler) {
        add(path, Method.POST, handler);
    }

    /** Adds what responds to DELETE. */
    public void delete(String path, Handler handler) {
        add(path, Method.DELETE, handler);
    }

    /** Adds a page, or a part of one, that has to be there before its user has a token: nothing in it is secret. */
    public void page(String path, Handler handler) {
        pages.add(path);
        get(path, handler);
    }

    /** {@return whether a path needs no token} */
    boolean isPage(String path) {
        return pages.contains(path);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        Connection.current().leaveLoop(); // listings wait for fan-out threads
        String path = Requests.path(request);
        Optional<Map<Method, Handler>> methods = find(path);
        if (methods.isEmpty()) {
            Responses.closeIfUnread(response);
            Responses.error(request, response, Status.NOT_FOUND_404,
                    "nothing is at this path: path=" + Responses.shown(path));
            return;
        }
        Handler handler = methods.get().get(request.prologue().method());
        if (handler != null) {
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            handler.handle(request, response);
        } else {
            Responses.closeIfUnread(response);
            Responses.notAllowed(request, response,
                    methods.get().keySet().stream().map(Method::text).collect(Collectors.joining(", ")));
        }
    }

    private Optional<Map<Method, Handler>> find(String path) {
        Map<Method, Handler> exact = routes.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        return routes.entrySet().stream().filter(route -> Segments.match(route.getKey(), path))
                .map(Map.Entry::getValue).findFirst();
    }

    private void add(String path, Method method, Handler handler) {
        routes.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(method, handler);
    }
}
