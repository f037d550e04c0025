package dev.tinysse.server.http;

import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.settings.Settings;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * Serves {@code /} where nothing else does: a page about the server and its paths, for a browser's user. Safe for
 * any thread.
 */
public final class FrontPage implements Handler {
    private static final String PATH = "/";
    private final String text;

    /**
     * A page about a server.
     *
     * @param paths where its API is
     */
    public FrontPage(Settings.Http paths) {
        text = """
                This is Tiny SSE, a server for Server-Sent Events.

                Subscribe with GET %s
                Publish with POST %s
                """.formatted(paths.subPath(), paths.pubPath())
                + paths.healthPath().map(path -> "Ask for its health with GET " + path + "\n").orElse("");
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Method method = request.prologue().method();
        if (!Requests.path(request).equals(PATH) || !method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            nothing(request, response);
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        Responses.page(request, response, text);
    }

    private static void nothing(ServerRequest request, ServerResponse response) {
        Responses.closeIfUnread(request, response);
        if (request.prologue().method().equals(Method.OPTIONS)) {
            response.status(Status.OK_200).send();
        } else {
            Responses.notFound(request, response);
        }
    }
}
