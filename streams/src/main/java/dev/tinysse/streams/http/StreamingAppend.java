package dev.tinysse.streams.http;

import dev.tinysse.server.spi.DurableStreamsConfig;
import dev.tinysse.server.spi.RequestBodies;
import dev.tinysse.server.spi.StreamedBody;
import dev.tinysse.streams.json.JsonException;
import dev.tinysse.streams.json.JsonMessages;
import dev.tinysse.streams.json.Utf8Prefix;
import dev.tinysse.streams.log.DurableStream;
import dev.tinysse.streams.log.Found;
import dev.tinysse.streams.log.StreamLog;
import dev.tinysse.streams.log.StreamView;
import dev.tinysse.streams.log.Written;
import dev.tinysse.streams.model.ContentType;
import dev.tinysse.streams.model.Decision;
import dev.tinysse.streams.model.StreamRequest;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Appends a body while it arrives. What has come of it is appended at once; of text no character is split, and of lines of JSON each is
 * appended when it is complete. For the thread of the request.
 */
final class StreamingAppend {
    private static final int PIECE_BYTES = 16 * 1024;

    private final DurableStreamsConfig config;
    private final StreamLog log;
    private final RequestBodies bodies;
    private final ServerRequest request;
    private final ServerResponse response;
    private final boolean close;
    /** Of the writer, for the first append; the others follow it. */
    private Optional<String> seq;
    private String name;
    private DurableStream stream;
    private ContentType type;
    private boolean lines;
    private boolean text;
    private byte[] buffer = new byte[PIECE_BYTES];
    private int length;
    private int line;

    StreamingAppend(DurableStreamsConfig config, StreamLog log, RequestBodies bodies, WriteHeaders headers,
            ServerRequest request, ServerResponse response) {
        this.config = config;
        this.log = log;
        this.bodies = bodies;
        this.request = request;
        this.response = response;
        this.close = headers.close();
        this.seq = headers.seq();
    }

    void run(String streamName) throws RequestException {
        name = streamName;
        begin(new WriteHeaders(request.headers()).type().orElseThrow());
        StreamedBody body = bodies.stream(request, response);
        boolean empty = true;
        try (DurableStream.Watch _ = stream.watch(body::end)) {
            for (int count = body.read(buffer, length); count >= 0; count = body.read(buffer, length)) {
                empty = false;
                length += count;
                appendComplete();
            }
        } catch (StreamedBody.EndedException e) {
            throw ended();
        }
        if (empty && !close) {
            throw RequestException.bad("body must not be empty, unless Stream-Closed is true");
        }
        byte[] rest = lines ? lastLine() : Arrays.copyOf(buffer, length);
        if (close || rest.length > 0) {
            Responses.written(request, response, append(rest, close), Optional.empty(), rest.length > 0);
        } else {
            Responses.tail(response, stream.view());
            response.status(Status.NO_CONTENT_204).send();
        }
    }

    /** Refuses what would not be appended, before the body is read. */
    private void begin(ContentType sent) {
        if (log.isDraining()) {
            Draining.retry(response);
            throw Responses.errorAndClose(request, response, Status.SERVICE_UNAVAILABLE_503, Draining.WORDS);
        }
        switch (log.find(name)) {
            case Found.Missing _ -> throw refused(new Decision.Missing());
            case Found.SoftDeleted _ -> throw refused(new Decision.SoftDeleted());
            case Found.Present(var found) -> stream = found;
        }
        StreamView view = stream.view();
        if (view.closed()) {
            throw refused(new Decision.Closed());
        }
        type = view.config().type();
        lines = type.isJson() && sent.isLines();
        text = type.isText();
        if (!lines && !sent.matches(type)) {
            throw refused(new Decision.OtherType(type));
        }
    }

    /** Appends what is there, as far as it is complete. */
    private void appendComplete() throws RequestException {
        int end = lines ? endOfLines() : text ? Utf8Prefix.wholeEnd(buffer, 0, length) : length;
        if (end > 0) {
            byte[] piece = lines ? messages(end) : Arrays.copyOf(buffer, end);
            System.arraycopy(buffer, end, buffer, 0, length - end);
            length -= end;
            appendOrRefuse(piece);
        }
        if (length == buffer.length) {
            if (length > config.maxBodySize()) {
                throw Responses.errorAndClose(request, response, Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "line is too long: line=%d limit=%d".formatted(line + 1, config.maxBodySize()));
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * length, config.maxBodySize() + 1L));
        }
    }

    private void appendOrRefuse(byte[] piece) {
        if (piece.length == 0) {
            return;
        }
        Written written = append(piece, false);
        if (written.decision() instanceof Decision.Refusal refusal) {
            throw refused(refusal, written.stream());
        }
    }

    private Written append(byte[] data, boolean last) {
        Written written = log.append(name, new StreamRequest.Append(stream.view().id(), Optional.of(type), data,
                Optional.empty(), seq, last));
        seq = Optional.empty();
        return written;
    }

    private int endOfLines() {
        for (int i = length; i > 0; i--) {
            if (buffer[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    /** The messages of all lines up to an end. Those before a line that is none are appended. */
    private byte[] messages(int end) throws RequestException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream(end);
        int from = 0;
        for (int i = 0; i < end; i++) {
            if (buffer[i] == '\n') {
                stored.writeBytes(message(from, i, stored));
                from = i + 1;
            }
        }
        return stored.toByteArray();
    }

    private byte[] lastLine() {
        return message(0, length, new ByteArrayOutputStream(0));
    }

    private byte[] message(int from, int end, ByteArrayOutputStream before) {
        line++;
        try {
            return JsonMessages.ofLine(buffer, from, end);
        } catch (JsonException e) {
            appendOrRefuse(before.toByteArray());
            throw Responses.errorAndClose(request, response, Status.BAD_REQUEST_400,
                    "line must be JSON: line=%d %s".formatted(line, e.getMessage()));
        }
    }

    /** The stream has been closed or deleted, or the server stops, while the body was on its way. */
    private CloseConnectionException ended() {
        StreamView view = stream.view();
        if (view.gone()) {
            return refused(new Decision.Missing());
        }
        if (view.closed()) {
            return refused(new Decision.Closed());
        }
        Draining.retry(response);
        return Responses.errorAndClose(request, response, Status.SERVICE_UNAVAILABLE_503, Draining.WORDS);
    }

    private CloseConnectionException refused(Decision.Refusal refusal) {
        return refused(refusal, Optional.ofNullable(stream).map(DurableStream::view));
    }

    private CloseConnectionException refused(Decision.Refusal refusal, Optional<StreamView> view) {
        response.header(HeaderValues.CONNECTION_CLOSE);
        Responses.refusal(request, response, refusal, view);
        return new CloseConnectionException("the rest of the body is not read");
    }
}
