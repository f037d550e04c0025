package dev.tinysse.streams.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.StreamAccess;
import dev.tinysse.server.spi.StreamAccess.Grant;
import dev.tinysse.streams.log.DurableStream;
import dev.tinysse.streams.log.Found;
import dev.tinysse.streams.log.Page;
import dev.tinysse.streams.log.StreamLog;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.Resolved;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads streams (sections 5.5 to 5.8 of the protocol). Safe for any thread.
 *
 * @param log stores the streams
 * @param access says which of them everyone may read
 * @param config of the streams
 * @param clock what time it is
 * @param cursors for live reads
 * @param live sends events
 */
record Reads(StreamLog log, StreamAccess access, DurableStreamsConfig config, InstantSource clock, Cursors cursors,
        LiveReaders live) {
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int MAX_AGE_SECONDS = 60;
    private static final int MAX_STALE_SECONDS = 300;

    void head(ServerRequest request, ServerResponse response, String name) {
        switch (log.find(name)) {
            case Found.Missing _ -> Responses.missing(request, response);
            case Found.SoftDeleted _ -> Responses.softDeleted(request, response);
            case Found.Present(var stream) -> {
                StreamView view = stream.view();
                response.header(HeaderNames.CONTENT_TYPE, view.config().type().toString());
                Responses.tail(response, view);
                switch (view.config().expiry()) {
                    case Expiry.Never _ -> {
                    }
                    case Expiry.Ttl(long seconds) -> response.header(Names.TTL, Long.toString(seconds));
                    case Expiry.At(Instant at) -> response.header(Names.EXPIRES_AT, at.toString());
                }
                response.header(Responses.NO_STORE);
                response.status(Status.OK_200).send();
            }
        }
    }

    void get(ServerRequest request, ServerResponse response, String name, Grant grant) throws RequestException {
        ReadQuery query = ReadQuery.of(request);
        switch (log.find(name)) {
            case Found.Missing _ -> Responses.missing(request, response);
            case Found.SoftDeleted _ -> Responses.softDeleted(request, response);
            case Found.Present(var stream) -> {
                switch (stream.resolve(query.start())) {
                    case Resolved.NeverIssued _ -> throw RequestException.bad("offset was never issued");
                    case Resolved.Lost _ -> Responses.lost(request, response);
                    case Resolved.Position(long position) -> {
                        stream.touch();
                        read(request, response, new Read(query, name, grant), stream, position);
                    }
                }
            }
        }
    }

    /**
     * A request that may read.
     *
     * @param query what it asks for
     * @param name of the stream
     * @param grant its permission
     */
    private record Read(ReadQuery query, String name, Grant grant) {}

    private void read(ServerRequest request, ServerResponse response, Read read, DurableStream stream,
            long position) {
        switch (read.query().mode()) {
            case CATCH_UP -> catchUp(request, response, read, stream, position);
            case LONG_POLL -> longPoll(request, response, read, stream, position);
            case SSE -> events(response, read, stream, position);
        }
    }

    private void catchUp(ServerRequest request, ServerResponse response, Read read, DurableStream stream,
            long position) {
        Page page = read.query().start() instanceof ReadStart.Tail
                ? stream.read(position, 0, false)
                : stream.read(position, PAGE_BYTES, false);
        send(request, response, read, page);
    }

    private void longPoll(ServerRequest request, ServerResponse response, Read read, DurableStream stream,
            long position) {
        Page page = stream.read(position, PAGE_BYTES, false);
        if (page.isEmpty() && !page.isEnd()) {
            try {
                stream.await(position, config.longPollTimeout());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            page = stream.read(position, PAGE_BYTES, false);
        }
        if (page.isEmpty() && page.stream().gone()) {
            Responses.missing(request, response);
            return;
        }
        if (!page.isEnd()) {
            response.header(Names.CURSOR, cursors.next(read.query().cursor()));
        }
        if (!page.isEmpty()) {
            send(request, response, read, page);
            return;
        }
        Responses.position(response, page.stream().offset(position), page.isEnd());
        response.header(Names.IS_UP_TO_DATE);
        response.header(Responses.NO_STORE);
        response.status(Status.NO_CONTENT_204).send();
    }

    private void events(ServerResponse response, Read read, DurableStream stream, long position) {
        StreamView view = stream.view();
        boolean atEnd = view.closed() && position == view.tail();
        if (atEnd && (read.query().resumes() || read.query().plain())) { // which ends the reconnects of a browser's EventSource
            Responses.position(response, view.tailOffset(), true);
            response.header(Responses.NO_STORE);
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        live.serve(new LiveRead(stream, position, read.query().plain(), read.query().cursor(), read.grant().expires()),
                response);
    }

    private void send(ServerRequest request, ServerResponse response, Read read, Page page) {
        StreamView view = page.stream();
        boolean now = read.query().start() instanceof ReadStart.Tail;
        Responses.position(response, view.offset(page.to()), page.isEnd());
        if (page.isUpToDate()) {
            response.header(Names.IS_UP_TO_DATE);
        }
        if (now) {
            response.header(Responses.NO_STORE);
        } else {
            String tag = "\"%d:%d:%d%s\"".formatted(view.id(), page.from(), page.to(), page.isEnd() ? ":c" : "");
            response.header(HeaderNames.ETAG, tag);
            response.header(HeaderNames.CACHE_CONTROL, caching(view, read.name()));
            if (matches(request, tag)) {
                response.status(Status.NOT_MODIFIED_304).send();
                return;
            }
        }
        response.header(HeaderNames.CONTENT_TYPE, view.config().type().toString());
        response.status(Status.OK_200);
        if (view.config().type().isJson()) {
            body(response, page, "[", "]", 1);
        } else {
            body(response, page, "", "", 0);
        }
    }

    private String caching(StreamView view, String name) {
        long left = Math.max(0, (view.deadline() - clock.millis()) / 1000);
        return "%s, max-age=%d, stale-while-revalidate=%d".formatted(access.isPublic(name) ? "public" : "private",
                Math.min(left, MAX_AGE_SECONDS), Math.min(left, MAX_STALE_SECONDS));
    }

    private static boolean matches(ServerRequest request, String tag) {
        Optional<String> sent = request.headers().first(HeaderNames.IF_NONE_MATCH);
        return sent.isPresent() && Arrays.stream(sent.get().split(",")).map(String::strip)
                .anyMatch(item -> item.equals("*") || item.equals(tag) || item.equals("W/" + tag));
    }

    /** Sends the bytes of a page but for the last ones, between two texts. */
    private static void body(ServerResponse response, Page page, String before, String behind, int omitted) {
        long bytes = Math.max(0, page.to() - page.from() - omitted);
        response.headers().contentLength(bytes + before.length() + behind.length());
        if (bytes == 0) {
            response.send((before + behind).getBytes(US_ASCII));
            return;
        }
        try (OutputStream out = response.outputStream()) {
            out.write(before.getBytes(US_ASCII));
            long left = bytes;
            for (ByteBuffer part : page.parts()) {
                int length = (int) Math.min(left, part.remaining());
                out.write(part.array(), part.arrayOffset() + part.position(), length);
                left -= length;
            }
            out.write(behind.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
