package dev.tinysse.server.http;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.settings.Settings;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Maps a path and a method to a handler. Paths are compared undecoded: {@code /%73se} is not {@code /sse}. With channels, paths to
 * publish and subscribe may have one more segment, which names them.
 */
public final class Routes implements Handler {
    private final Map<String, Map<Method, Handler>> routes = new LinkedHashMap<>();
    /** By what stands before the last segment, with its slash. */
    private final Map<String, Map<Method, Handler>> channelRoutes = new LinkedHashMap<>();
    private final Handler otherwise;

    /**
     * The routes of a server.
     *
     * @param settings its paths and limits
     * @param broker delivers the messages
     * @param hooks to call
     * @param lifecycle whether to take new work
     * @param log that messages go into
     * @param access authentication and authorization; empty if everyone may publish and subscribe
     * @param files serves every other path
     */
    public Routes(Settings settings, Broker broker, HookCalls hooks, Lifecycle lifecycle,
            EventLog log, Optional<Access> access, Handler files) {
        otherwise = offLoop(files);
        Features features = Features.of(settings);
        String pubPath = settings.http().pubPath();
        String subPath = settings.http().subPath();
        Callers callers = new Callers(access, hooks, false);
        Handler publish = new PublishHandler(broker::publish, lifecycle, new BodyReader(settings.http().maxBodySize()),
                new PublishRequests(new RequestedChannels(pubPath), features, callers));
        Handler subscribe = offLoop(new SubscribeHandler(broker, hooks, lifecycle,
                new Admission(settings.streams().maxSubscribers()),
                new StreamRequests(new RequestedChannels(subPath), features, callers)));
        add(routes, pubPath, Method.POST, publish);
        add(routes, subPath, Method.GET, subscribe);
        add(routes, subPath, Method.HEAD, subscribe);
        if (features.channels()) {
            add(channelRoutes, folder(pubPath), Method.POST, publish);
            add(channelRoutes, folder(subPath), Method.GET, subscribe);
            add(channelRoutes, folder(subPath), Method.HEAD, subscribe);
        }
        Handler health = new Health(lifecycle, log);
        settings.http().healthPath().ifPresent(path -> {
            add(routes, path, Method.GET, health);
            add(routes, path, Method.HEAD, health);
        });
        if (settings.http().serveClient()) {
            Handler client = new ClientScript();
            add(routes, Settings.Http.CLIENT_PATH, Method.GET, client);
            add(routes, Settings.Http.CLIENT_PATH, Method.HEAD, client);
        }
    }

    /**
     * The route for messages from operators, at a path of its own: it calls no hook.
     *
     * @param settings their limits
     * @param broker delivers the messages
     * @param lifecycle whether to take new work
     * @param path where they are posted
     */
    public static Handler unasked(Settings settings, Broker broker, Lifecycle lifecycle, String path) {
        return new PublishHandler(broker::publishWithoutHook, lifecycle, new BodyReader(settings.http().maxBodySize()),
                new PublishRequests(new RequestedChannels(path), Features.of(settings),
                        new Callers(Optional.empty(), HookCalls.none(), true)));
    }

    private static Handler offLoop(Handler handler) {
        return (request, response) -> {
            Connection.current().leaveLoop();
            handler.handle(request, response);
        };
    }

    /** Adds this to a routing, for every path. */
    public void addTo(HttpRouting.Builder routing) {
        routing.any(this);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        Map<Method, Handler> methods = methods(Requests.path(request));
        if (methods.isEmpty()) {
            otherwise.handle(request, response);
            return;
        }
        Handler handler = methods.get(request.prologue().method());
        if (handler != null) {
            handler.handle(request, response);
        } else {
            response.header(HeaderNames.ALLOW, allow(methods));
            Responses.closeIfUnread(response);
            if (asksOnly(request)) {
                response.status(Status.OK_200).send();
            } else {
                Responses.methodNotAllowed(request, response);
            }
        }
    }

    private Map<Method, Handler> methods(String path) {
        Map<Method, Handler> methods = routes.get(path);
        if (methods != null) {
            return methods;
        }
        int segment = path.lastIndexOf('/') + 1;
        return segment < path.length() ? channelRoutes.getOrDefault(path.substring(0, segment), Map.of()) : Map.of();
    }

    /** Responds on paths where there is nothing. */
    static void nothing(ServerRequest request, ServerResponse response) {
        Responses.closeIfUnread(response);
        if (asksOnly(request)) {
            response.status(Status.OK_200).send();
        } else {
            Responses.notFound(request, response);
        }
    }

    private static boolean asksOnly(ServerRequest request) {
        return request.prologue().method().equals(Method.OPTIONS);
    }

    private static void add(Map<String, Map<Method, Handler>> routes, String path, Method method, Handler handler) {
        routes.computeIfAbsent(path, any -> new LinkedHashMap<>()).putIfAbsent(method, handler);
    }

    private static String folder(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private static String allow(Map<Method, Handler> methods) {
        return methods.keySet().stream().map(Method::text).collect(Collectors.joining(", "));
    }
}
