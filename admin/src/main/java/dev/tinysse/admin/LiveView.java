package dev.tinysse.admin;

import dev.tinysse.api.ChannelName;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.log.ChannelSet;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.sse.EventStreamSink;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An event stream of the messages of a channel, or of those that a pattern matches, as they are delivered, for people: four times a
 * second the newest, and how many were left out. It is no subscriber, and no hook is asked. Safe for any thread; each stream has a
 * virtual thread of its own.
 */
final class LiveView implements Handler, AutoCloseable {
    private static final int MAX_VIEWS = 32;
    private static final long INTERVAL_MILLIS = 250;
    private static final Duration RECONNECT = Duration.ofSeconds(1);
    /** Turns without a message after which a comment is sent, which finds out whether anybody is there. */
    private static final int QUIET_TURNS = 20;

    private final Broker broker;
    private final Semaphore views = new Semaphore(MAX_VIEWS);
    private final CountDownLatch closed = new CountDownLatch(1);

    LiveView(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        ChannelSet channels;
        try {
            channels = channels(Parameters.segment(request));
        } catch (BadRequestException e) {
            Responses.error(response, e.status(), e.getMessage());
            return;
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            EventStreamSink.describe(response.headers());
            response.send();
        } else if (views.tryAcquire()) {
            try {
                view(channels, response);
            } finally {
                views.release();
            }
        } else {
            response.headers().clear();
            Responses.error(response, Status.SERVICE_UNAVAILABLE_503,
                    "too many live views are open: views=" + MAX_VIEWS);
        }
    }

    private static ChannelSet channels(String text) throws BadRequestException {
        if (!ChannelName.isNameOrPattern(text)) {
            throw new BadRequestException("channel must be a name or pattern: channel=" + Responses.shown(text));
        }
        return ChannelSet.of(List.of(text));
    }

    private void view(ChannelSet channels, ServerResponse response) {
        NewestMessages newest = new NewestMessages();
        Runnable stop = broker.watch(channels, newest::add);
        try (EventStreamSink sink = response.sink(EventStreamSink.TYPE)) {
            sink.emit(SseEvent.builder().comment("ok").build());
            int quiet = 0;
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                NewestMessages.Batch batch = newest.take();
                if (!batch.messages().isEmpty()) {
                    quiet = 0;
                    sink.emit(SseEvent.builder().name("messages").data(LiveJson.of(batch)).build());
                } else if (++quiet % QUIET_TURNS == 0) {
                    sink.keepAlive();
                }
            }
            sink.retry(RECONNECT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop.run();
        }
    }

    /** Ends the streams within a moment. */
    @Override
    public void close() {
        closed.countDown();
    }
}
