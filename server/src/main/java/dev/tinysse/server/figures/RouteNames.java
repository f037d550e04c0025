package dev.tinysse.server.figures;

import dev.tinysse.server.http.Requests;
import dev.tinysse.server.settings.Settings;
import io.helidon.webserver.http.ServerRequest;

/**
 * The names of routes: a few words, whatever the request. Immutable.
 *
 * @param http the paths
 */
public record RouteNames(Settings.Http http) {
    static final String PUBLISH = "publish";
    static final String SUBSCRIBE = "subscribe";

    String of(ServerRequest request, String method) {
        return of(Requests.path(request), method);
    }

    String of(String path, String method) {
        if (http.healthPath().filter(path::equals).isPresent()) {
            return "health";
        }
        boolean publishes = isAt(path, http.pubPath());
        boolean subscribes = isAt(path, http.subPath());
        if (publishes && (!subscribes || method.equals("POST"))) {
            return PUBLISH;
        }
        return subscribes ? SUBSCRIBE : "other";
    }

    private boolean isAt(String path, String route) {
        if (path.equals(route)) {
            return true;
        }
        String folder = route.endsWith("/") ? route : route + "/";
        return http.channels() && path.length() > folder.length() && path.startsWith(folder)
                && path.indexOf('/', folder.length()) < 0;
    }
}
