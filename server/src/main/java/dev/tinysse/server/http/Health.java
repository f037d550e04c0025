package dev.tinysse.server.http;

import dev.tinysse.api.internal.Json;
import dev.tinysse.broker.log.EventLog;
import dev.tinysse.broker.log.SharedLog;
import dev.tinysse.server.routing.Responses;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Says whether the server is well. Safe for any thread.
 *
 * @param lifecycle whether it stops
 * @param log that takes messages, or has failed, or lacks what it needs
 */
public record Health(Lifecycle lifecycle, EventLog log) implements Handler {
    /** The status of a server that is well. */
    public static final String OK = "ok";

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String status = status();
        response.status(status.equals(OK) ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CACHE_CONTROL, "no-store").header(HeaderValues.CONTENT_TYPE_JSON);
        Responses.page(request, response, new Json().add("status", status).toString());
    }

    /** {@return whether it is well: {@code ok}, or why not} */
    public String status() {
        if (lifecycle.isStopping()) {
            return "stopping";
        }
        if (log.failure().isPresent()) {
            return "history failed";
        }
        return log.shared().map(SharedLog::isConnected).orElse(true) ? OK : "disconnected";
    }
}
