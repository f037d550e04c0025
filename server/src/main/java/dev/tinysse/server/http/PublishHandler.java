package dev.tinysse.server.http;

import dev.tinysse.api.Hook;
import dev.tinysse.api.HookException;
import dev.tinysse.broker.log.PublishResult;
import dev.tinysse.broker.publish.PublishReply;
import dev.tinysse.broker.publish.PublishRequest;
import dev.tinysse.server.access.AccessDeniedException;
import dev.tinysse.server.access.Caller;
import dev.tinysse.server.body.MessageBody;
import dev.tinysse.server.body.MessageLines;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Responses;
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

    /** Bytes of a body that is read and delivered in a moment. */
    private static final int MAX_SHORT_BODY = 64 * 1024;

    private final Function<PublishRequest, PublishReply> broker;
    private final Lifecycle lifecycle;
    private final BodyReader bodies;
    private final PublishRequests requests;

    PublishHandler(Function<PublishRequest, PublishReply> broker, Lifecycle lifecycle, BodyReader bodies,
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
            Connection.of(request).leaveLoop(); // verifying takes a while
            try {
                caller = requests.callers().publisher(request);
            } catch (AccessDeniedException e) {
                deny(request, response, e);
                return;
            }
        }
        byte[] body = bodies.read(request, response);
        if (body.length > MAX_SHORT_BODY || requests.callers().hooks().has(Hook.PUBLISH)) {
            Connection.of(request).leaveLoop();
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
                Connection.of(request).reserveBody(MessageLines.memory(body));
            }
            PublishRequest posted = requests.read(request, mediaType, body, caller);
            respond(request, posted, lifecycle.isStopping()
                    ? PublishReply.Failure.STOPPING
                    : Connection.of(request).stayOnLoop(() -> broker.apply(posted)), response);
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

    private static void respond(ServerRequest request, PublishRequest posted, PublishReply reply,
            ServerResponse response) {
        switch (reply) {
            case PublishReply.Completed(List<PublishResult> results) ->
                PublishResponse.to(posted, results).send(request, response);
            case PublishReply.KeyReused() -> Responses.error(response, UNPROCESSABLE,
                    IdempotencyKey.HEADER + " has been used with another body: " + IdempotencyKey.shown(request));
            case PublishReply.Failure failure -> fail(response, failure);
        }
    }

    private static void fail(ServerResponse response, PublishReply.Failure failure) {
        switch (failure) {
            case HISTORY_FULL -> Responses.error(response, INSUFFICIENT_STORAGE, failure.text());
            case STOPPING, DISCONNECTED -> {
                response.header(NOT_PUBLISHED);
                Responses.unavailable(response, failure.text());
            }
            case UNAVAILABLE, UNCERTAIN -> Responses.unavailable(response, failure.text());
        }
    }
}
