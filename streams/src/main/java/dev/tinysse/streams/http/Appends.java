package dev.tinysse.streams.http;

import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.streams.json.JsonException;
import dev.tinysse.streams.json.JsonMessages;
import dev.tinysse.streams.log.Found;
import dev.tinysse.streams.log.StreamLog;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.log.Written;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.Producer;
import dev.tinysse.streams.model.StreamRequest;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Appends to streams, closes and deletes them (sections 5.2 to 5.4 of the protocol). Safe for any thread.
 *
 * @param config of the streams
 * @param log stores them
 * @param bodies reads the bodies of requests
 */
record Appends(DurableStreamsConfig config, StreamLog log, RequestBodies bodies) {
    void post(ServerRequest request, ServerResponse response, String name) throws RequestException {
        WriteHeaders headers = new WriteHeaders(request.headers());
        boolean streams = request.content().hasEntity() && request.headers().contentLength().isEmpty();
        if (streams && headers.type().filter(type -> !type.isJson()).isPresent() && headers.producer().isEmpty()) {
            new StreamingAppend(config, log, bodies, headers, request, response).run(name);
            return;
        }
        byte[] body = bodies.read(request, response);
        if (log.isDraining()) {
            throw Draining.refused(response);
        }
        append(request, response, name, headers, body);
    }

    private void append(ServerRequest request, ServerResponse response, String name, WriteHeaders headers, byte[] body)
            throws RequestException {
        Optional<Producer> producer = headers.producer();
        boolean close = headers.close();
        if (body.length == 0 && !close) {
            throw RequestException.bad("body must not be empty, unless Stream-Closed is true");
        }
        Optional<ContentType> type = body.length == 0 ? Optional.empty() : headers.type();
        if (body.length > 0 && type.isEmpty()) {
            throw RequestException.bad("missing Content-Type");
        }
        byte[] data;
        try {
            data = type.isEmpty() ? body : stored(body, type.get(), name);
        } catch (JsonException e) {
            refuse(request, response, name, e, new StreamRequest.Append(0, type, body, producer, headers.seq(), close));
            return;
        }
        if (data.length == 0 && body.length > 0) {
            throw RequestException.bad("body must have a message");
        }
        if (type.filter(ContentType::isLines).isPresent() && isJson(name)) {
            type = Optional.of(ContentType.JSON);
        }
        Written written = log.append(name, new StreamRequest.Append(0, type, data, producer, headers.seq(), close));
        Responses.written(request, response, written, producer, data.length > 0);
    }

    private byte[] stored(byte[] body, ContentType type, String name) throws JsonException {
        if (type.isJson()) {
            return JsonMessages.ofBody(body);
        }
        return type.isLines() && isJson(name) ? lines(body) : body;
    }

    private static byte[] lines(byte[] body) throws JsonException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream(body.length);
        int from = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '\n') {
                stored.writeBytes(JsonMessages.ofLine(body, from, i));
                from = i + 1;
            }
        }
        return stored.toByteArray();
    }

    private boolean isJson(String name) {
        return log.find(name) instanceof Found.Present(var stream) && stream.view().config().type().isJson();
    }

    /** A body that is not JSON is an error only if the stream would take one that is. */
    private void refuse(ServerRequest request, ServerResponse response, String name, JsonException error,
            StreamRequest.Append append) throws RequestException {
        switch (log.find(name)) {
            case Found.Missing _ -> Responses.missing(request, response);
            case Found.SoftDeleted _ -> Responses.softDeleted(request, response);
            case Found.Present(var stream) -> {
                StreamView view = stream.view();
                if (view.closed()) {
                    Responses.closed(request, response, view);
                } else if (!view.config().type().isJson()) {
                    Responses.refusal(request, response, new Decision.OtherType(view.config().type()),
                            Optional.of(view));
                } else {
                    throw RequestException.bad("body must be %s: %s".formatted(
                            append.type().filter(ContentType::isLines).isPresent() ? "lines of JSON" : "JSON",
                            error.getMessage()));
                }
            }
        }
    }

    void delete(ServerRequest request, ServerResponse response, String name) throws RequestException {
        if (log.isDraining()) {
            throw Draining.refused(response);
        }
        Written written = log.delete(name);
        switch (written.decision()) {
            case Decision.Accept _ -> response.status(Status.NO_CONTENT_204).send();
            case Decision.Refusal refusal -> Responses.refusal(request, response, refusal, written.stream());
        }
    }
}
