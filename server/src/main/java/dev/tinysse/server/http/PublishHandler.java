package dev.tinysse.server.http;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.broker.PublishOutcome;
import dev.tinysse.broker.PublishRequest;
import dev.tinysse.broker.log.LogException;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.body.BadRequestException;
import dev.tinysse.server.body.MessageBody;
import dev.tinysse.server.body.MessageLines;
import dev.tinysse.server.transport.BodyTooLongException;
import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.OverloadedException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives what was posted to the broker, and responds with what became of it. Safe for any thread. */
final class PublishHandler implements Handler {
    private static final Status UNPROCESSABLE = Status.create(422, "Unprocessable Content");
    private static final Status INSUFFICIENT_STORAGE = Status.create(507, "Insufficient Storage");

    /** Tells load balancers that another node may take a request that has a 503; see docs/deploy/cluster-nginx.conf. */
    private static final Header NOT_PUBLISHED = HeaderValues.create(HeaderNames.create("Tinysse-Published"), "no");
    private static final String STOPPING = "server is stopping";

    /** Bytes of a body that is read and delivered in a moment. */
    private static final int MAX_SHORT_BODY = 64 * 1024;

    private final Function<PublishRequest, PublishOutcome> broker;
    private final Lifecycle lifecycle;
    private final BodyReader bodies;
    private final PublishRequests requests;

    PublishHandler(Function<PublishRequest, PublishOutcome> broker, Lifecycle lifecycle, BodyReader bodies,
            PublishRequests requests) {
        this.broker = broker;
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.requests = requests;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Optional<Caller> caller = Optional.empty();
        if (requests.callers().areAsked()) {
            Connection.current().leaveLoop(); // verifying takes a while
            try {
                caller = requests.callers().publisher(request);
            } catch (AccessDeniedException e) {
                deny(request, response, e);
                return;
            }
        }
        byte[] body = bodies.read(request, response);
        if (body.length > MAX_SHORT_BODY || requests.callers().hooks().has(Hook.PUBLISH)) {
            Connection.current().leaveLoop();
        }
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").trim();
        if (!MessageBody.isMediaType(type)) {
            Responses.error(response, Status.BAD_REQUEST_400,
                    type.isEmpty() ? "missing Content-Type" : "malformed Content-Type");
            return;
        }
        String mediaType = MessageBody.mediaType(type);
        if (requests.takes(mediaType)) {
            read(request, response, mediaType, body, caller);
        } else {
            Responses.error(response, Status.UNSUPPORTED_MEDIA_TYPE_415, "unsupported media type \"" + type + "\"");
        }
    }

    /** The connection stays if there is little to read; nobody reads a large body for somebody who is not known. */
    private void deny(ServerRequest request, ServerResponse response, AccessDeniedException denied) {
        boolean entity = request.content().hasEntity();
        if (entity && request.headers().contentLength().orElse(Long.MAX_VALUE) > MAX_SHORT_BODY) {
            response.header(HeaderValues.CONNECTION_CLOSE);
            Callers.deny(request, response, denied);
            throw new CloseConnectionException(denied.getMessage());
        }
        if (entity) {
            bodies.read(request, response);
        }
        Callers.deny(request, response, denied);
    }

    private void read(ServerRequest request, ServerResponse response, String mediaType, byte[] body,
            Optional<Caller> caller) {
        try {
            if (mediaType.equals(MessageLines.MEDIA_TYPE)) {
                Connection.current().reserveBody(MessageLines.memory(body));
            }
            PublishRequest posted = requests.read(request, mediaType, body, caller);
            if (!lifecycle.tryBegin()) {
                notPublished(response, STOPPING);
                return;
            }
            try {
                publish(request, posted, response);
            } finally {
                lifecycle.end();
            }
        } catch (BodyTooLongException e) {
            Responses.error(response, Status.REQUEST_ENTITY_TOO_LARGE_413, e.getMessage());
        } catch (OverloadedException e) {
            Responses.unavailable(response, "server is busy");
        } catch (BadRequestException e) {
            Responses.error(response, e.status(), e.getMessage());
        } catch (AccessDeniedException e) {
            Callers.deny(request, response, e);
        } catch (HookException e) {
            Responses.error(response, Status.INTERNAL_SERVER_ERROR_500, e.getMessage());
        }
    }

    private static void unavailable(ServerResponse response, LogException.Kind kind) {
        if (kind == LogException.Kind.DISCONNECTED) {
            notPublished(response, kind.text());
        } else {
            Responses.unavailable(response, kind.text());
        }
    }

    private void publish(ServerRequest request, PublishRequest posted, ServerResponse response) {
        switch (Connection.current().stayOnLoop(() -> broker.apply(posted))) {
            case PublishOutcome.Done(List<PublishResult> results) ->
                PublishResponse.to(posted, results).send(response);
            case PublishOutcome.KeyReused() -> Responses.error(response, UNPROCESSABLE,
                    IdempotencyKey.HEADER + " has been used with another body: " + IdempotencyKey.shown(request));
            case PublishOutcome.HistoryFull() -> Responses.error(response, INSUFFICIENT_STORAGE,
                    LogException.Kind.FULL.text());
            case PublishOutcome.Unavailable(LogException.Kind kind) -> unavailable(response, kind);
            case PublishOutcome.Draining() -> notPublished(response, STOPPING);
        }
    }

    /** Responds that another node may take the request: nothing of it was published here. */
    private static void notPublished(ServerResponse response, String words) {
        response.header(NOT_PUBLISHED);
        Responses.unavailable(response, words);
    }
}
