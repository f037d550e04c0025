package dev.tinysse.server.http;

import dev.tinysse.server.settings.Settings;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Tells who opens the server's address in a browser what it is, and where to go. Safe for any thread. */
final class FrontPage implements Handler {
    static final String PATH = "/";
    private final String text;

    FrontPage(Settings.Http paths) {
        text = """
                This is Tiny SSE, a server for Server-Sent Events.

                Subscribe with GET %s
                Publish with POST %s
                """.formatted(paths.subPath(), paths.pubPath())
                + paths.healthPath().map(path -> "Ask for its health with GET " + path + "\n").orElse("");
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8").send(text);
    }
}
