package dev.tinysse.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.Subscription;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.broker.stream.StreamStart.FromHistory;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Query;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Utf8;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a request for a stream: its channels, the last event id, the requested replay, and the form of the events. Safe for any
 * thread.
 *
 * @param channels those that a request names, with their path
 * @param features what is known at all
 * @param callers who sends requests, and which hooks may want to know of them
 */
record StreamRequests(RequestedChannels channels, Features features, Callers callers) {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final String LIST = "list";
    private static final int MAX_ID_BYTES = 1024;

    /**
     * Reads a request.
     *
     * @throws BadRequestException if anything is wrong with what it asks for
     * @throws AccessDeniedException if who asks may not have it
     */
    AskedStream read(ServerRequest request) throws BadRequestException, AccessDeniedException {
        Optional<Caller> caller = callers.subscriber(request);
        Query query = Query.of(request);
        callers.logOthers(request, features.parameters());
        Subscription asked = Subscription.of(callers.toldOfStream(request, caller));
        Optional<String> id = lastEventId(request, query);
        if (id.isPresent()) {
            asked = asked.withLastEventId(id.get());
        }
        Set<String> names = features.channels() ? channels.ofSubscriber(request, query) : Set.of();
        if (!names.isEmpty()) {
            asked = asked.withChannels(names);
        }
        Optional<String> presence = features.channels() ? presence(query) : Optional.empty();
        Optional<String> listOf = presence.isPresent() && presence.get().equals(LIST)
                ? Optional.of(RequestedChannels.theOne(asked.channels()))
                : Optional.empty();
        FromHistory history = features.history()
                ? HistoryQuery.read(query, id.filter(text -> !text.isEmpty()).isPresent())
                : new FromHistory.Nothing();
        StreamStart start = new StreamStart(features.channels() && envelope(query), presence.isPresent(), history);
        if (query.single("caught_up").filter("1"::equals).isPresent()) {
            start = start.markingReplay();
        }
        if (compresses(request)) {
            start = start.withCompression();
        }
        Callers.require(caller, asked);
        return new AskedStream(asked, Callers.endOfStream(caller).map(start::expiring).orElse(start), listOf);
    }

    /** Whether the stream that a request asks for is compressed. */
    boolean compresses(ServerRequest request) {
        return features.compression() && AcceptEncoding.allowsGzip(request.headers());
    }

    private Optional<String> lastEventId(ServerRequest request, Query query) throws BadRequestException {
        Optional<String> inQuery = query.single("last_event_id").filter(id -> !id.isEmpty());
        Optional<String> id = request.headers().first(LAST_EVENT_ID).flatMap(Utf8::decode).or(() -> inQuery);
        if (features.history() && id.isPresent()) {
            requireId(id.get());
        }
        return id;
    }

    private static void requireId(String id) throws BadRequestException {
        int bytes = id.getBytes(UTF_8).length;
        if (bytes > MAX_ID_BYTES) {
            throw new BadRequestException(
                    "last event id must have at most %d bytes: bytes=%d".formatted(MAX_ID_BYTES, bytes));
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new BadRequestException("last event id must not have control characters: last_event_id=" + id);
        }
    }

    /** Without {@code --presence} a list is an error, for its client expects no stream, and the events are left out. */
    private Optional<String> presence(Query query) throws BadRequestException {
        Optional<String> presence = query.single("presence");
        if (!features.presence()) {
            if (presence.filter(LIST::equals).isPresent()) {
                throw new BadRequestException("presence is off, the server needs --presence: presence=" + LIST);
            }
            return Optional.empty();
        }
        if (presence.isPresent() && !presence.get().equals("1") && !presence.get().equals(LIST)) {
            throw new BadRequestException("presence must be 1 or list: presence=" + Responses.shown(presence.get()));
        }
        return presence;
    }

    private static boolean envelope(Query query) throws BadRequestException {
        Optional<String> envelope = query.single("envelope");
        if (envelope.isPresent() && !envelope.get().equals("json")) {
            throw new BadRequestException("envelope must be json: envelope=" + Responses.shown(envelope.get()));
        }
        return envelope.isPresent();
    }
}
