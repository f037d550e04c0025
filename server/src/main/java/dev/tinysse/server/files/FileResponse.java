package dev.tinysse.server.files;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;

/** The response to a {@code GET} or {@code HEAD} of a file. */
final class FileResponse {
    private static final int BUFFER = 64 * 1024;

    private FileResponse() {}

    /** Responds with the file, a part of it, or why not. A file that has gone meanwhile is left to the next handler. */
    static void send(ServedFile file, ServerRequest request, ServerResponse response) {
        try (var content = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            switch (Preconditions.of(request.headers(), file)) {
                case FAILED -> response.status(Status.PRECONDITION_FAILED_412).send();
                case NOT_MODIFIED -> {
                    validators(file, response);
                    response.status(Status.NOT_MODIFIED_304).send();
                }
                case MET -> sendContent(file, content, request, response);
            }
        } catch (IOException e) {
            response.next();
        }
    }

    private static void sendContent(ServedFile file, InputStream content, ServerRequest request,
            ServerResponse response) {
        validators(file, response);
        response.header(HeaderValues.ACCEPT_RANGES_BYTES);
        response.header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
        switch (range(file, request)) {
            case ByteRange.BeyondEnd() -> {
                response.header(HeaderNames.CONTENT_RANGE, "bytes */" + file.size());
                response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416).send();
            }
            case ByteRange.Part(var first, var last) -> {
                response.header(HeaderNames.CONTENT_RANGE, "bytes %d-%d/%d".formatted(first, last, file.size()));
                response.status(Status.PARTIAL_CONTENT_206);
                sendBytes(file, content, first, last + 1 - first, request, response);
            }
            case ByteRange.Whole() -> sendBytes(file, content, 0, file.size(), request, response);
        }
    }

    /** A range is defined for {@code GET} alone. */
    private static ByteRange range(ServedFile file, ServerRequest request) {
        var headers = request.headers();
        if (request.prologue().method().equals(Method.GET) && headers.contains(HeaderNames.RANGE)
                && Preconditions.rangeHolds(headers, file)) {
            return ByteRange.of(String.join(", ", headers.get(HeaderNames.RANGE).allValues()), file.size());
        }
        return new ByteRange.Whole();
    }

    private static void validators(ServedFile file, ServerResponse response) {
        response.header(HeaderNames.ETAG, file.etag());
        response.header(HeaderNames.LAST_MODIFIED, file.lastModifiedText());
    }

    private static void sendBytes(ServedFile file, InputStream content, long first, long length, ServerRequest request,
            ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, ContentTypes.of(file.name()));
        response.contentLength(length);
        if (length == 0 || request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        try {
            content.skipNBytes(first);
            copy(content, length, response);
        } catch (IOException | UncheckedIOException e) {
            // the length has been sent already: only a closed connection tells the client that this is not all
            throw new CloseConnectionException("A file was not sent to its end", e);
        }
    }

    private static void copy(InputStream content, long length, ServerResponse response) throws IOException {
        // closed only when all is there: closing it completes the response
        var out = response.outputStream();
        var buffer = new byte[(int) Math.min(length, BUFFER)];
        for (var left = length; left > 0;) {
            var read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the file has become shorter");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        out.close();
    }
}
