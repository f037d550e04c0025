package dev.tinysse.admin;

import dev.tinysse.api.internal.Json;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Route;
import dev.tinysse.server.routing.Router;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says whether the server is alive, and whether it is ready to take traffic. Safe for any thread.
 *
 * @param unready why the server is not ready for traffic; empty if it is
 */
record HealthResource(Supplier<List<String>> unready) {

    void addTo(Router router) {
        router.add(Route.at(Route.OTHER, "/healthz").withoutHost()
                .get((request, response) -> send(request, response, Status.OK_200, "ok", List.of())));
        router.add(Route.at(Route.OTHER, "/readyz").withoutHost().get(this::ready));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        List<String> reasons = unready.get();
        if (reasons.isEmpty()) {
            send(request, response, Status.OK_200, "ready", reasons);
        } else {
            send(request, response, Status.SERVICE_UNAVAILABLE_503, "not ready", reasons);
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Status status, String word,
            List<String> reasons) {
        response.status(status).header(HeaderNames.CACHE_CONTROL, "no-store").header(HeaderValues.CONTENT_TYPE_JSON);
        Responses.page(request, response, new Json().add("status", word).add("reasons", reasons).toString());
    }
}
