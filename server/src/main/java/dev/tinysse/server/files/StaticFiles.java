package dev.tinysse.server.files;

import dev.tinysse.server.routing.Responses;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Serves the visible files of a folder. What is not there, hidden, special or outside the folder is left to the next
 * handler, so that all of it ends in the same 404. Any number of threads may run it at once.
 * <p>
 * It goes by the path as it was sent: register it for every path and method, after all other handlers.
 */
public final class StaticFiles implements Handler {
    private static final Header ALLOW = HeaderValues.create(HeaderNames.ALLOW, "GET, HEAD");

    private final Folder folder;
    private final String prefix;

    /**
     * Makes a handler.
     *
     * @param folder the folder with the files
     * @param urlPath where they are found, beginning with a slash; a slash at its end makes no difference
     * @throws IOException when there is no such folder; the exception's type says why
     */
    public StaticFiles(Path folder, String urlPath) throws IOException {
        this.folder = new Folder(folder);
        this.prefix = urlPath.replaceFirst("/+$", "");
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var found = pathBelow(request).flatMap(UrlPath::parse).map(folder::find).orElseGet(Found.Nothing::new);
        if (found instanceof Found.Nothing) {
            response.next();
        } else if (request.prologue().method().equals(Method.OPTIONS)) {
            response.status(Status.OK_200).header(ALLOW).send();
        } else if (!reads(request)) {
            response.header(ALLOW);
            Responses.methodNotAllowed(request, response);
        } else if (found instanceof Found.File(var file)) {
            FileResponse.send(file, request, response);
        } else {
            redirect(request, response);
        }
    }

    /** The path below the prefix, which has to end where a name ends. */
    private Optional<String> pathBelow(ServerRequest request) {
        var path = request.prologue().uriPath().rawPath();
        return Optional.of(path).filter(whole -> whole.startsWith(prefix))
                .map(whole -> whole.substring(prefix.length())).filter(rest -> rest.isEmpty() || rest.startsWith("/"));
    }

    private static boolean reads(ServerRequest request) {
        var method = request.prologue().method();
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    private static void redirect(ServerRequest request, ServerResponse response) {
        var query = request.prologue().query().rawValue();
        var location = request.prologue().uriPath().rawPath() + "/" + (query.isEmpty() ? "" : "?" + query);
        response.status(Status.TEMPORARY_REDIRECT_307).header(HeaderNames.LOCATION, location).send();
    }
}
