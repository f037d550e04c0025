package dev.tinysse.server.http;

import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.transport.BodyTooLongException;
import dev.tinysse.server.transport.Connection;
import dev.tinysse.server.transport.OverloadedException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Reads the bodies of requests, within limits. Safe for any thread.
 *
 * @param maxBodySize bytes of the largest body
 */
record BodyReader(int maxBodySize) {
    private static final int PART_BYTES = 1024;

    /**
     * Reads a body to its end.
     *
     * @return its bytes, none if there is no body
     * @throws CloseConnectionException if the body is too long or malformed, and the response has been sent
     */
    byte[] read(ServerRequest request, ServerResponse response) {
        OptionalLong length = request.headers().contentLength();
        if (length.isPresent() && length.getAsLong() > maxBodySize) {
            throw tooLong(response, "length limit exceeded");
        }
        byte[] body = read(request, response, length);
        Connection.of(request).bodyComplete();
        return body;
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
        Connection.of(request).reserveBody(length);
        byte[] body = new byte[length];
        if (request.content().inputStream().readNBytes(body, 0, length) < length) {
            throw new EOFException("the body is shorter than Content-Length");
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
