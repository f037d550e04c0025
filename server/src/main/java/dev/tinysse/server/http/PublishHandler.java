package dev.tinysse.server.http;

import dev.tinysse.api.HookException;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Refusal;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.HookCalls;
import dev.tinysse.broker.PublishResult;
import dev.tinysse.broker.log.Receipt;
import dev.tinysse.server.transport.BodyTooLongException;
import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.OverloadedException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what was posted into a message, gives it to the broker, and responds with what became of it. Safe for any thread. */
final class PublishHandler implements Handler {
    private static final int PART_BYTES = 1024;

    private final Broker broker;
    private final HookCalls hooks;
    private final Lifecycle lifecycle;
    private final int maxBodySize;

    PublishHandler(Broker broker, HookCalls hooks, Lifecycle lifecycle, int maxBodySize) {
        this.broker = broker;
        this.hooks = hooks;
        this.lifecycle = lifecycle;
        this.maxBodySize = maxBodySize;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        OptionalLong length = request.headers().contentLength();
        if (length.isPresent() && length.getAsLong() > maxBodySize) {
            throw tooLong(response, "length limit exceeded");
        }
        byte[] body = read(request, response, length);
        Connection.current().bodyComplete();
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").trim();
        Optional<MessageBody> format = MessageBody.of(type);
        if (!MessageBody.isMediaType(type)) {
            Responses.error(response, Status.BAD_REQUEST_400,
                    type.isEmpty() ? "missing Content-Type" : "malformed Content-Type");
        } else if (format.isEmpty()) {
            Responses.error(response, Status.UNSUPPORTED_MEDIA_TYPE_415, "unsupported media type \"" + type + "\"");
        } else {
            publish(request, response, format.get(), body);
        }
    }

    private void publish(ServerRequest request, ServerResponse response, MessageBody format, byte[] body) {
        try {
            Publication publication = Publication.of(hooks.any() ? Requests.of(request) : Requests.UNTOLD,
                    format.read(body));
            if (!lifecycle.tryBegin()) {
                Responses.unavailable(response, "server is stopping");
                return;
            }
            try {
                respond(response, broker.publish(publication));
            } finally {
                lifecycle.end();
            }
        } catch (BadMessageException e) {
            Responses.error(response, Status.BAD_REQUEST_400, e.getMessage());
        } catch (HookException e) {
            Responses.error(response, Status.INTERNAL_SERVER_ERROR_500, e.getMessage());
        }
    }

    private static void respond(ServerResponse response, PublishResult result) {
        switch (result) {
            case PublishResult.Accepted(Receipt receipt) -> Responses.json(response, Status.ACCEPTED_202,
                    "{\"queued\":" + receipt.queued() + ",\"subscribers\":" + receipt.subscribers() + "}");
            case PublishResult.Refused(Refusal refusal) ->
                Responses.refusal(response, refusal, "message rejected by script");
            case PublishResult.Draining() -> Responses.unavailable(response, "server is stopping");
        }
    }

    private static byte[] read(ServerRequest request, ServerResponse response, OptionalLong length) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            return length.isPresent() ? readSized(request, (int) length.getAsLong()) : readChunked(request);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (BodyTooLongException e) {
            throw tooLong(response, e.getMessage());
        } catch (OverloadedException e) {
            response.header(HeaderNames.RETRY_AFTER, "1");
            throw Responses.errorAndClose(response, Status.SERVICE_UNAVAILABLE_503, "server is busy");
        } catch (IOException | RuntimeException e) {
            throw Responses.errorAndClose(response, Status.BAD_REQUEST_400, "malformed body");
        }
    }

    /** Straight into an array of its size, so that an unfinished body takes no more memory than was reserved for it. */
    private static byte[] readSized(ServerRequest request, int length) throws IOException {
        Connection.current().reserveBody(length);
        byte[] body = new byte[length];
        if (request.content().inputStream().readNBytes(body, 0, length) < length) {
            throw new EOFException("the body is shorter than was said");
        }
        return body;
    }

    /** The connection limits the chunks, and reserves the memory for each. */
    private static byte[] readChunked(ServerRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(PART_BYTES);
        byte[] part = new byte[PART_BYTES];
        InputStream chunks = request.content().inputStream();
        for (int length = chunks.read(part); length >= 0; length = chunks.read(part)) {
            body.write(part, 0, length);
        }
        return body.toByteArray();
    }

    private static RuntimeException tooLong(ServerResponse response, String words) {
        return Responses.errorAndClose(response, Status.REQUEST_ENTITY_TOO_LARGE_413, words);
    }
}
