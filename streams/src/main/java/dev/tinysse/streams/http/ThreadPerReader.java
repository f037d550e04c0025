package dev.tinysse.streams.http;

import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.streams.log.DurableStream;
import dev.tinysse.streams.log.Page;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.model.StreamConfig.EventHeader;
import dev.tinysse.streams.sse.StreamEvents;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Live readers on the threads of their requests. Safe for any thread.
 *
 * @param config of the streams
 * @param cursors for caches
 */
record ThreadPerReader(DurableStreamsConfig config, Cursors cursors) implements LiveReaders {
    private static final int PAGE_BYTES = 64 * 1024;
    /** Section 10.2 of the protocol. */
    private static final Duration MAX_LIFETIME = Duration.ofSeconds(60);
    /** Shows the client that the event stream has begun, where no event does. */
    private static final byte[] NOTHING = {'\n'};

    @Override
    public void serve(LiveRead read, ServerResponse response) {
        describe(read, response);
        try (OutputStream out = response.outputStream()) {
            send(read, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void describe(LiveRead read, ServerResponse response) {
        StreamView view = read.stream().view();
        response.status(Status.OK_200);
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        if (!view.config().type().isText()) {
            response.header(Names.BASE64);
        }
        for (EventHeader header : view.config().eventHeaders()) {
            response.header(HeaderNames.create(header.name()), header.value());
        }
    }

    private void send(LiveRead read, OutputStream out) throws IOException, InterruptedException {
        DurableStream stream = read.stream();
        EventBatch batch = new EventBatch(read.plain());
        long end = System.nanoTime() + lifetime(read).toNanos();
        long sent = System.nanoTime() - config.coalesce().toNanos();
        long position = read.position();
        for (boolean first = true;; first = false) {
            Page page = stream.read(position, PAGE_BYTES, true);
            position = page.to();
            boolean draining = stream.isDraining();
            if (!page.isEmpty()) {
                write(out, batch.of(page, cursors.next(read.cursor())));
                sent = System.nanoTime();
            } else if (first || page.isEnd() || draining) {
                byte[] control = batch.control(page.stream(), position, cursors.next(read.cursor()));
                write(out, control.length > 0 || !first ? control : NOTHING);
            }
            long left = end - System.nanoTime();
            if (page.isEnd() || page.stream().gone() || draining && page.isUpToDate()) {
                return;
            }
            if (left <= 0) {
                write(out, StreamEvents.retry(ThreadLocalRandom.current().nextLong(50, 250)));
                return;
            }
            if (page.isUpToDate()) {
                await(stream, position, left, out);
                coalesce(sent);
            }
        }
    }

    private Duration lifetime(LiveRead read) {
        Duration lifetime = config.lifetime().isZero() ? MAX_LIFETIME : shorter(config.lifetime(), MAX_LIFETIME);
        return read.expires().map(expires -> shorter(Duration.between(Instant.now(), expires), lifetime))
                .orElse(lifetime);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void await(DurableStream stream, long position, long left, OutputStream out)
            throws IOException, InterruptedException {
        long interval = config.keepAlive().isZero() ? Long.MAX_VALUE : config.keepAlive().toNanos();
        long limit = Math.min(left, interval);
        stream.await(position, Duration.ofNanos(limit));
        StreamView now = stream.view();
        if (limit < left && now.tail() == position && !now.closed() && !now.gone() && !stream.isDraining()) {
            write(out, StreamEvents.comment(config.keepAliveText()));
        }
    }

    /** Waits for more appends, so that they are sent together, if something has just been sent. */
    private void coalesce(long sent) throws InterruptedException {
        long wait = sent + config.coalesce().toNanos() - System.nanoTime();
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            out.write(bytes);
            out.flush();
        }
    }
}
