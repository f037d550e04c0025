package dev.tinysse.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.server.sse.EventStreamSink;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An event stream of the server's own metrics, each second. It is no subscriber: nothing of the broker counts it. Safe for any
 * thread; each stream has a virtual thread of its own.
 */
final class EventsResource implements Handler, AutoCloseable {
    private static final long INTERVAL_MILLIS = 1000;

    private final Supplier<String> figures;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Streams of these metrics, each time one line of JSON. */
    EventsResource(Supplier<String> figures) {
        this.figures = figures;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        EventStreamSink.describe(response.headers());
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        try (OutputStream out = response.outputStream()) {
            out.write(": ok\n\n".getBytes(UTF_8));
            do {
                out.write(("data: " + figures.get() + "\n\n").getBytes(UTF_8));
                out.flush();
            } while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
            out.write("retry: 1000\n\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
