package dev.tinysse.streams.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** The response to writes while the server stops. */
final class Draining {
    static final String WORDS = "server is stopping";

    private Draining() {}

    static RequestException refused(ServerResponse response) {
        retry(response);
        return new RequestException(Status.SERVICE_UNAVAILABLE_503, WORDS);
    }

    static void retry(ServerResponse response) {
        response.header(HeaderNames.RETRY_AFTER, "1");
    }
}
