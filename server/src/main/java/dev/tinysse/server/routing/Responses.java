package dev.tinysse.server.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Refusal;
import dev.tinysse.api.internal.Json;
import dev.tinysse.server.transport.Connection;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends the short JSON responses of the HTTP API. */
public final class Responses {
    private static final int MAX_SHOWN = 200;

    private Responses() {}

    /** Sends a status with {@code {"error": …}}. */
    public static void error(ServerResponse response, Status status, String words) {
        json(response, status, errorJson(words));
    }

    /** Sends a status with {@code {"error": …}} in response to a request of any method: a HEAD request gets no body. */
    public static void error(ServerRequest request, ServerResponse response, Status status, String words) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON);
        page(request, response, errorJson(words));
    }

    /** Sends a 404 that names the path. */
    public static void notFound(ServerRequest request, ServerResponse response) {
        error(request, response, Status.NOT_FOUND_404, "not found: path=" + shown(Requests.path(request)));
    }

    /** Sends a 405 that names the method; the caller has set {@code Allow}. */
    public static void methodNotAllowed(ServerRequest request, ServerResponse response) {
        error(request, response, Status.METHOD_NOT_ALLOWED_405,
                "method not allowed: method=" + shown(request.prologue().method().text()));
    }

    /** {@code {"error": …}}. */
    public static String errorJson(String words) {
        return new Json().add("error", words).toString();
    }

    /** A value of a request as an error shows it, which need not be as long. */
    public static String shown(String value) {
        return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
    }

    /** Sends an error to a client whose request is not read to its end, and closes the connection. */
    public static CloseConnectionException errorAndClose(ServerResponse response, Status status, String words) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        error(response, status, words);
        return new CloseConnectionException(words);
    }

    /** Says that the connection ends if the body of the request has not been read, since nobody will read it. */
    public static void closeIfUnread(ServerRequest request, ServerResponse response) {
        if (Connection.of(request).isLastRequest()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
    }

    /** Sends an error to a client that may retry soon. */
    public static void unavailable(ServerResponse response, String words) {
        response.header(HeaderNames.RETRY_AFTER, "1");
        error(response, Status.SERVICE_UNAVAILABLE_503, words);
    }

    /** Sends a hook's refusal, with these words if it has none of its own. A 204 has no body. */
    public static void refusal(ServerRequest request, ServerResponse response, Refusal refusal, String words) {
        Connection.of(request).outcome().refuseByHook();
        refusal.headers().forEach((name, value) -> add(response.headers(), HeaderNames.create(name), value));
        Status status = Status.create(refusal.status());
        if (status.equals(Status.NO_CONTENT_204)) {
            response.status(status).send();
        } else {
            error(response, status, refusal.error().orElse(words));
        }
    }

    /** Sets a header. Adds to {@code Vary}, which may be there for the origin, and replaces any other. */
    public static void add(ServerResponseHeaders headers, HeaderName name, String value) {
        boolean more = name.equals(HeaderNames.VARY) && headers.contains(name);
        headers.set(HeaderValues.create(name, more ? headers.get(name).values() + ", " + value : value));
    }

    /** Sends a text whose type has been set; to a HEAD request only its length, for a body would be read as the next response. */
    public static void page(ServerRequest request, ServerResponse response, String text) {
        page(request, response, text.getBytes(UTF_8));
    }

    /** The same for bytes. */
    public static void page(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }

    public static void json(ServerResponse response, Status status, String body) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON).send(body.getBytes(UTF_8));
    }
}
