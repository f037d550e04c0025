package dev.tinysse.server.http;

import dev.tinysse.broker.stream.RetryDelay;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.sse.EventStreamSink;
import dev.tinysse.server.sse.SseEncoder;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Turns a client away that asks for a stream, and gets none for now. An {@code EventSource} gives up for good at any status
 * other than 200
 * (<a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface">HTML section 9.2.2</a>), so
 * a request for an event stream receives one that ends at once, with a reconnection delay.
 */
final class NoStream {
    private NoStream() {}

    /**
     * Sends the response.
     *
     * @param comment why, for who reads the stream
     * @param delay the reconnection delay
     * @param error why, for who has not asked for an event stream, and gets a 503
     */
    static void send(ServerRequest request, ServerResponse response, String comment, RetryDelay delay, String error) {
        List<String> accept = request.headers().all(HeaderNames.ACCEPT, List::of);
        if (!AcceptHeader.names(accept, "text/event-stream")) {
            Responses.unavailable(response, error);
            return;
        }
        EventStreamSink.describe(response.headers());
        try (OutputStream body = response.outputStream()) {
            body.write(SseEncoder.retry(comment, delay.nextMillis()));
            body.flush(); // in a chunk, as in every stream, and not with a length
        } catch (IOException e) {
            throw new UncheckedIOException("the client has gone", e);
        }
    }
}
