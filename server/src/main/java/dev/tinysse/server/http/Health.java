package dev.tinysse.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says whether the server is well. Safe for any thread.
 *
 * @param lifecycle whether it stops
 * @param failure why messages are not taken any more, if they are not; for the log of the server and not for clients
 */
public record Health(Lifecycle lifecycle, Supplier<Optional<String>> failure) implements Handler {
    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String status = status();
        response.status(status.equals("ok") ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                .header(HeaderNames.CACHE_CONTROL, "no-store").header(HeaderValues.CONTENT_TYPE_JSON);
        Responses.page(request, response, "{\"status\":\"" + status + "\"}");
    }

    /** {@return whether it is well: {@code ok}, or why not} */
    public String status() {
        if (lifecycle.isStopping()) {
            return "stopping";
        }
        return failure.get().isPresent() ? "history failed" : "ok";
    }
}
