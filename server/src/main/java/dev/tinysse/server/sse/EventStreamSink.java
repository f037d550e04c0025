package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.api.Message;
import io.helidon.common.GenericType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * An event stream that a handler writes on the request's thread. A stream of the broker is a {@link SubscriberStream} instead, which
 * needs no thread.
 */
public final class EventStreamSink implements SseSink {
    /** The type to ask {@link ServerResponse#sink} for. */
    public static final GenericType<EventStreamSink> TYPE = GenericType.create(EventStreamSink.class);

    static final Header X_ACCEL_BUFFERING = HeaderValues.createCached("X-Accel-Buffering", "no");
    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(US_ASCII);

    private final OutputStream out;

    EventStreamSink(ServerResponse response) {
        describe(response.headers());
        out = response.outputStream();
    }

    /**
     * Sets the headers of an event stream.
     *
     * @param headers of the response
     */
    public static void describe(ServerResponseHeaders headers) {
        headers.set(HeaderValues.CONTENT_TYPE_EVENT_STREAM);
        headers.set(NO_CACHE);
        headers.set(X_ACCEL_BUFFERING);
    }

    /** Sends an event at once, without its reconnection delay: Helidon's type fails to say whether it has one. */
    @Override
    public EventStreamSink emit(SseEvent event) {
        write(SseEncoder.encode(message(event)));
        return this;
    }

    /** Sends a reconnection delay. */
    public void retry(Duration delay) {
        write(SseEncoder.retry(delay.toMillis()));
    }

    /** Sends an empty comment, which finds out whether the client is still there. */
    public void keepAlive() {
        write(KEEP_ALIVE);
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Message message(SseEvent event) {
        Message.Builder message = Message.builder();
        event.id().ifPresent(message::id);
        event.name().ifPresent(message::event);
        event.comment().map(List::of).ifPresent(message::comments);
        if (event.data() != SseEvent.NO_DATA) {
            message.data(event.data() instanceof String[] lines
                    ? String.join("\n", lines)
                    : event.data().toString());
        }
        return message.build();
    }

    /** Ends the stream. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
