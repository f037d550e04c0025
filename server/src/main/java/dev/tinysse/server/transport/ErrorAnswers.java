package dev.tinysse.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import java.util.Locale;

/** What a client is told whose request does not get as far as a handler: the status in words, as JSON, and no internals. */
final class ErrorAnswers {
    static final byte[] REQUEST_TIMEOUT = raw("408 Request Timeout", "request timeout");
    static final byte[] HEADERS_TOO_LARGE = raw("431 Request Header Fields Too Large",
            "request header fields too large");

    private final List<Header> headers;

    /** Answers with these headers. */
    ErrorAnswers(List<Header> headers) {
        this.headers = List.copyOf(headers);
    }

    /** Answers of that kind for everything that Helidon itself refuses. */
    DirectHandlers handlers() {
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            builder.addHandler(type, this::answer);
        }
        return builder.build();
    }

    private DirectHandler.TransportResponse answer(DirectHandler.TransportRequest request,
            DirectHandler.EventType type, Status status, ServerResponseHeaders answer, String message) {
        headers.forEach(answer::set);
        answer.set(HeaderValues.CONTENT_TYPE_JSON);
        return DirectHandler.TransportResponse.builder().status(status).headers(answer).keepAlive(type.keepAlive())
                .entity(json(status.reasonPhrase().toLowerCase(Locale.ROOT))).build();
    }

    private static byte[] raw(String statusLine, String words) {
        byte[] body = json(words);
        return ("HTTP/1.1 " + statusLine + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length + "\r\n\r\n" + new String(body, UTF_8)).getBytes(UTF_8);
    }

    private static byte[] json(String words) {
        return ("{\"error\":\"" + words + "\"}").getBytes(UTF_8);
    }
}
