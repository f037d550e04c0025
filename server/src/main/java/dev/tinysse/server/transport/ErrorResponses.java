package dev.tinysse.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.Json;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The responses to requests that reach no handler: the status in words, as JSON, and no internals. */
final class ErrorResponses {
    private static final Logger LOG = System.getLogger("tinysse");
    static final Status HEADERS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private final List<Header> headers;
    private final byte[] requestTimeout;
    private final byte[] headersTooLarge;
    private final byte[] overloaded;
    private final byte[] notTls;

    /** Responses with these headers. */
    ErrorResponses(List<Header> headers) {
        this.headers = List.copyOf(headers);
        this.requestTimeout = raw(Status.REQUEST_TIMEOUT_408);
        this.headersTooLarge = raw(HEADERS_TOO_LARGE);
        this.overloaded = raw(Status.SERVICE_UNAVAILABLE_503, HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
        this.notTls = raw(Status.BAD_REQUEST_400, HeaderValues.CONTENT_TYPE_TEXT_PLAIN,
                "This port speaks HTTPS, and the request came as plain HTTP: use https://\n".getBytes(UTF_8));
    }

    /** The bytes of the response to a request that does not come in time. */
    byte[] requestTimeout() {
        return requestTimeout;
    }

    /** The bytes of the response to a request whose head is too long. */
    byte[] headersTooLarge() {
        return headersTooLarge;
    }

    /** The bytes of the response to a request for which there is no memory. */
    byte[] overloaded() {
        return overloaded;
    }

    /** The bytes of the response to a request without TLS where that is wanted. */
    byte[] notTls() {
        return notTls;
    }

    /** Such responses for all that Helidon itself refuses. */
    DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            builder.addHandler(type, this::response);
        }
        return builder.build();
    }

    private DirectHandler.TransportResponse response(DirectHandler.TransportRequest request,
            DirectHandler.EventType type, Status status, ServerResponseHeaders response, String message) {
        if (type != DirectHandler.EventType.INTERNAL_ERROR) { // which comes from a handler, and is in the log already
            logRefused(status, () -> "method=%s path=%s".formatted(request.method(), path(request)));
        }
        headers.forEach(response::set);
        response.set(HeaderValues.CONTENT_TYPE_JSON);
        byte[] body = json(status);
        DirectHandler.TransportResponse.Builder built = DirectHandler.TransportResponse.builder().status(status)
                .headers(response).keepAlive(type.keepAlive());
        if (request.method().equals(Method.HEAD.text())) {
            response.contentLength(body.length); // and no body, which would be read as the next response
            return built.build();
        }
        return built.entity(body).build();
    }

    /** Logs that a request has reached no handler; {@code request} says which, as far as is known. */
    static void logRefused(Status status, Supplier<String> request) {
        LOG.log(Level.DEBUG, () -> "request refused: status=%d %s".formatted(status.code(), request.get()));
    }

    /** Without the query, where clients put secrets that cannot set headers. */
    private static String path(DirectHandler.TransportRequest request) {
        return request.path().replaceFirst("\\?.*", "");
    }

    private byte[] raw(Status status, Header... more) {
        return raw(status, HeaderValues.CONTENT_TYPE_JSON, json(status), more);
    }

    private byte[] raw(Status status, Header type, byte[] body, Header... more) {
        BufferData response = BufferData.growing(256);
        response.write(("HTTP/1.1 " + status.text() + "\r\n").getBytes(UTF_8));
        headers.forEach(header -> header.writeHttp1Header(response));
        List.of(more).forEach(header -> header.writeHttp1Header(response));
        type.writeHttp1Header(response);
        HeaderValues.CONNECTION_CLOSE.writeHttp1Header(response);
        HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length).writeHttp1Header(response);
        response.write("\r\n".getBytes(UTF_8));
        response.write(body);
        return response.readBytes();
    }

    private static byte[] json(Status status) {
        return new Json().add("error", status.reasonPhrase().toLowerCase(Locale.ROOT)).toString().getBytes(UTF_8);
    }
}
