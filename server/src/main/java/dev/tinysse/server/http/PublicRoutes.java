package dev.tinysse.server.http;

import dev.tinysse.broker.Broker;
import dev.tinysse.broker.hooks.HookCalls;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.server.access.Access;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import dev.tinysse.server.settings.Settings;
import io.helidon.webserver.http.Handler;
import java.util.List;
import java.util.Optional;

/** The routes for publishers and subscribers. With channels, paths to publish and subscribe may have one more segment, which names them. */
public final class PublicRoutes {
    private PublicRoutes() {}

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
    public static Router of(Settings settings, Broker broker, HookCalls hooks, Lifecycle lifecycle, EventLog log,
            Optional<Access> access, Handler files) {
        Features features = Features.of(settings);
        Settings.Http http = settings.http();
        Callers callers = new Callers(access, hooks, false);
        Router router = new Router(files, true, List.of());
        router.add(channels(Route.at(Route.PUBLISH, http.pubPath()), features).onLoop()
                .post(new PublishHandler(broker::publish, lifecycle, new BodyReader(http.maxBodySize()),
                        new PublishRequests(new RequestedChannels(http.pubPath()), features, callers))));
        router.add(channels(Route.at("subscribe", http.subPath()), features)
                .get(new SubscribeHandler(broker, hooks, lifecycle, new Admission(settings.streams().maxSubscribers()),
                        new StreamRequests(new RequestedChannels(http.subPath()), features, callers))));
        http.healthPath().ifPresent(
                path -> router.add(Route.at("health", path).onLoop().get(new Health(lifecycle, log))));
        if (http.serveClient()) {
            router.add(Route.at(Route.OTHER, Settings.Http.CLIENT_PATH).onLoop().get(new ClientScript()));
        }
        return router;
    }

    /**
     * The route for messages from operators: it calls no hook.
     *
     * @param settings their limits
     * @param broker delivers the messages
     * @param lifecycle whether to take new work
     * @param path where they are posted
     */
    public static Route unasked(Settings settings, Broker broker, Lifecycle lifecycle, String path) {
        return Route.at(Route.PUBLISH, path)
                .post(new PublishHandler(broker::publishWithoutHook, lifecycle,
                        new BodyReader(settings.http().maxBodySize()),
                        new PublishRequests(new RequestedChannels(path), Features.of(settings),
                                new Callers(Optional.empty(), HookCalls.none(), true))));
    }

    private static Route channels(Route route, Features features) {
        return features.channels() ? route.orBelow() : route;
    }
}
