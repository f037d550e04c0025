package dev.tinysse.server.http;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.HookCalls;
import dev.tinysse.server.settings.Settings;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Maps a path and a method to a handler. Paths are compared undecoded: {@code /%73se} is not {@code /sse}.
 */
public final class Routes implements Handler {
    private final Map<String, Map<Method, Handler>> routes = new LinkedHashMap<>();
    private final Handler otherwise;

    /**
     * The routes of a server.
     *
     * @param settings its paths and limits
     * @param broker delivers the messages
     * @param hooks to call
     * @param lifecycle whether to take new work
     * @param files serves every other path
     */
    public Routes(Settings settings, Broker broker, HookCalls hooks, Lifecycle lifecycle, Handler files) {
        otherwise = files;
        Handler subscribe = new SubscribeHandler(broker, hooks, lifecycle,
                new Admission(settings.streams().maxSubscribers()));
        add(settings.http().pubPath(), Method.POST,
                new PublishHandler(broker, hooks, lifecycle, settings.http().maxBodySize()));
        add(settings.http().subPath(), Method.GET, subscribe);
        add(settings.http().subPath(), Method.HEAD, subscribe);
        settings.http().healthPath().ifPresent(path -> {
            add(path, Method.GET, (request, response) -> health(lifecycle, request, response));
            add(path, Method.HEAD, (request, response) -> health(lifecycle, request, response));
        });
    }

    /** Adds this to a routing, for every path. */
    public void addTo(HttpRouting.Builder routing) {
        routing.any(this);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        Map<Method, Handler> methods = routes.get(Requests.path(request));
        if (methods == null) {
            otherwise.handle(request, response);
            return;
        }
        Handler handler = methods.get(request.prologue().method());
        if (handler != null) {
            handler.handle(request, response);
        } else {
            response.header(HeaderNames.ALLOW, allow(methods));
            response.status(asksOnly(request) ? Status.OK_200 : Status.METHOD_NOT_ALLOWED_405).send();
        }
    }

    /** Responds on paths where there is nothing. */
    static void nothing(ServerRequest request, ServerResponse response) {
        response.status(asksOnly(request) ? Status.OK_200 : Status.NOT_FOUND_404).send();
    }

    private static boolean asksOnly(ServerRequest request) {
        return request.prologue().method().equals(Method.OPTIONS);
    }

    private void add(String path, Method method, Handler handler) {
        routes.computeIfAbsent(path, any -> new LinkedHashMap<>()).putIfAbsent(method, handler);
    }

    private static String allow(Map<Method, Handler> methods) {
        return methods.keySet().stream().map(Method::text).collect(Collectors.joining(", "));
    }

    private static void health(Lifecycle lifecycle, ServerRequest request, ServerResponse response) {
        boolean stopping = lifecycle.isStopping();
        response.status(stopping ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200)
                .header(HeaderNames.CACHE_CONTROL, "no-store").header(HeaderValues.CONTENT_TYPE_JSON);
        Responses.page(request, response, "{\"status\":\"" + (stopping ? "stopping" : "ok") + "\"}");
    }
}
