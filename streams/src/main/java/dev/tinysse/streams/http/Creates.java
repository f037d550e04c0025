package dev.tinysse.streams.http;

import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.server.spi.StreamAccess;
import dev.tinysse.server.spi.StreamAccess.Permission;
import dev.tinysse.streams.json.JsonException;
import dev.tinysse.streams.json.JsonMessages;
import dev.tinysse.streams.log.Found;
import dev.tinysse.streams.log.StreamLog;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.log.Written;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Expiry;
import dev.tinysse.streams.model.ForkRequest;
import dev.tinysse.streams.model.ReadStart;
import dev.tinysse.streams.model.StreamConfig;
import dev.tinysse.streams.model.StreamRequest;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/**
 * Creates streams and forks (sections 4.2 and 5.1 of the protocol). Safe for any thread.
 *
 * @param config of the streams
 * @param log stores them
 * @param bodies reads the bodies of requests
 * @param access of the sources of forks
 */
record Creates(DurableStreamsConfig config, StreamLog log, RequestBodies bodies, StreamAccess access) {
    void put(ServerRequest request, ServerResponse response, String name) throws RequestException {
        WriteHeaders headers = new WriteHeaders(request.headers());
        byte[] body = bodies.read(request, response);
        Optional<ForkRequest> fork = fork(headers);
        if (fork.isPresent() && access.admit(request, response, Permission.READ, fork.get().source()).isEmpty()) {
            return;
        }
        Optional<ContentType> type = headers.type();
        Optional<Expiry> expiry = headers.expiry();
        StreamConfig wanted = new StreamConfig(type.orElse(ContentType.BYTES), expiry.orElseGet(this::defaultExpiry),
                expiry.isPresent(), headers.eventHeaders());
        byte[] data = stored(body, type.orElseGet(() -> inherited(fork)));
        if (log.isDraining()) {
            throw Draining.refused(response);
        }
        Written written = log.create(name,
                new StreamRequest.Create(wanted, type.isPresent(), fork, data, headers.close()));
        switch (written.decision()) {
            case Decision.Accept _ -> {
                StreamView created = written.stream().orElseThrow();
                response.header(HeaderNames.LOCATION, location(request));
                response.header(HeaderNames.CONTENT_TYPE, created.config().type().toString());
                Responses.tail(response, created);
                response.status(Status.CREATED_201).send();
            }
            case Decision.Refusal refusal -> Responses.refusal(request, response, refusal, written.stream());
        }
    }

    private Optional<ForkRequest> fork(WriteHeaders headers) throws RequestException {
        Optional<String> source = headers.headers().first(Names.FORKED_FROM).map(String::strip);
        Optional<String> offset = headers.headers().first(Names.FORK_OFFSET).map(String::strip);
        Optional<Long> further = headers.subOffset();
        if (source.isEmpty()) {
            if (offset.isPresent() || further.isPresent()) {
                throw RequestException.bad("a fork needs Stream-Forked-From");
            }
            return Optional.empty();
        }
        if (!source.get().startsWith(config.path() + "/")) {
            throw new RequestException(Status.NOT_FOUND_404,
                    "there is no such source of a fork: Stream-Forked-From=" + source.get());
        }
        Optional<ReadStart> start = Optional.empty();
        if (offset.isPresent()) {
            start = ReadStart.parse(offset.get());
            if (start.isEmpty()) {
                throw RequestException.bad("Stream-Fork-Offset must be an offset: Stream-Fork-Offset=" + offset.get());
            }
        }
        return Optional.of(new ForkRequest(StreamName.of(source.get().substring(config.path().length())), start,
                further.orElse(0L)));
    }

    /** The type of a fork whose creator states none. */
    private ContentType inherited(Optional<ForkRequest> fork) {
        return fork.isPresent() && log.find(fork.get().source()) instanceof Found.Present(var source)
                ? source.view().config().type()
                : ContentType.BYTES;
    }

    private Expiry defaultExpiry() {
        return config.ttl().<Expiry>map(ttl -> new Expiry.Ttl(Math.max(1, ttl.toSeconds())))
                .orElseGet(Expiry.Never::new);
    }

    private static byte[] stored(byte[] body, ContentType type) throws RequestException {
        if (!type.isJson() || body.length == 0) {
            return body;
        }
        try {
            return JsonMessages.ofBody(body);
        } catch (JsonException e) {
            throw RequestException.bad("body must be JSON: " + e.getMessage());
        }
    }

    private static String location(ServerRequest request) {
        String scheme = request.isSecure() ? "https" : "http";
        return scheme + "://" + request.authority() + request.prologue().uriPath().rawPath();
    }
}
