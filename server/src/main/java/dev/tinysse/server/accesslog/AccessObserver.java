package dev.tinysse.server.accesslog;

import dev.tinysse.broker.stream.StreamEnding;
import dev.tinysse.server.requests.CompletedRequest;
import dev.tinysse.server.requests.RequestHead;
import dev.tinysse.server.requests.RequestListener;
import dev.tinysse.server.requests.RequestOutcome;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Adds a line to the log for each request whose response has been sent, and for each stream that ends. Safe for any thread.
 *
 * @param log accepts the lines
 */
public record AccessObserver(AccessLog log) implements RequestListener {
    private static final Pattern WELL_FORMED = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int OK = 200;

    @Override
    public void completed(CompletedRequest request) {
        boolean stream = request.outcome().filter(RequestOutcome::isStream).isPresent();
        if (request.hasResponse() && !stream) {
            log.add(access(request.head(), request.status(), request.nanos(), request.bytes(), Optional.empty(),
                    request.outcome().flatMap(RequestOutcome::user)));
        }
    }

    @Override
    public boolean observesStreams() {
        return true;
    }

    @Override
    public void ended(RequestHead head, StreamEnding ending) {
        log.add(access(head, OK, ending.age().toNanos(), ending.bytes(),
                Optional.of(new Access.OfStream(ending.messages(), ending.lost(), ending.reason().toString())),
                ending.subscription().user()));
    }

    private static Access access(RequestHead head, int status, long nanos, long bytes,
            Optional<Access.OfStream> stream, Optional<String> sub) {
        return new Access(Instant.now(), head.client(), head.method(), head.path(), status, nanos, bytes, stream, sub,
                head.traceparent().filter(value -> WELL_FORMED.matcher(value).matches()));
    }
}
