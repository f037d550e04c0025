package dev.tinysse.server.accesslog;

import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.server.figures.CompletedRequest;
import dev.tinysse.server.figures.RequestObserver;
import dev.tinysse.server.http.Requests;
import dev.tinysse.server.refusal.RefusedRequest;
import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells the log of each request whose response has been sent, and of each stream that ends. Safe for any thread.
 *
 * @param log accepts the lines
 */
public record AccessObserver(AccessLog log) implements RequestObserver {
    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final Pattern WELL_FORMED = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int OK = 200;

    @Override
    public void begin(ServerRequest request, RequestOutcome outcome) {
        outcome.whenStreamEnds(() -> {
            Access begun = access(request, OK, 0, 0, Optional.empty());
            return ending -> log.add(ended(begun, ending));
        });
    }

    @Override
    public void completed(CompletedRequest completed) {
        if (!completed.outcome().isStream()) {
            log.add(access(completed.request(), completed.code(), completed.nanos(), completed.bytes(),
                    completed.outcome().user()));
        }
    }

    @Override
    public void refused(RefusedRequest request) {
        log.add(new Access(Instant.now(), request.client(), request.method(), request.path(), request.status(),
                request.nanos(), request.bytes(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Access access(ServerRequest request, int status, long nanos, long bytes, Optional<String> sub) {
        return new Access(Instant.now(), request.remotePeer().host() + ":" + request.remotePeer().port(),
                request.prologue().method().text(), Requests.path(request), status, nanos, bytes, Optional.empty(), sub,
                request.headers().first(TRACEPARENT).filter(value -> WELL_FORMED.matcher(value).matches()));
    }

    private static Access ended(Access begun, StreamEnding ending) {
        return new Access(Instant.now(), begun.address(), begun.method(), begun.path(), begun.status(),
                ending.age().toNanos(), ending.bytes(),
                Optional.of(new Access.OfStream(ending.messages(), ending.lost(), ending.reason().toString())),
                ending.subscription().user(), begun.traceparent());
    }
}
