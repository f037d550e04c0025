package dev.tinysse.admin;

import dev.tinysse.server.sse.EventStreamSink;
import io.helidon.http.Method;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An event stream of the server's own metrics, each second. It is no subscriber: nothing of the broker counts it. Safe for any
 * thread; each stream has a virtual thread of its own.
 */
final class EventsResource implements Handler, AutoCloseable {
    private static final long INTERVAL_MILLIS = 1000;
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final Figures figures;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Streams of these metrics, each time one line of JSON. */
    EventsResource(Figures figures) {
        this.figures = figures;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        if (request.prologue().method().equals(Method.HEAD)) {
            EventStreamSink.describe(response.headers());
            response.send();
            return;
        }
        try (EventStreamSink sink = response.sink(EventStreamSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("ok").build());
            do {
                sink.emit(SseEvent.create(figures.json()));
            } while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
            sink.retry(RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the streams within a moment. */
    @Override
    public void close() {
        closed.countDown();
    }
}
