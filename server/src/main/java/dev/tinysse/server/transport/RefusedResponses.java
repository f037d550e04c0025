package dev.tinysse.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The response to a client for which there is no connection. An EventSource gives up for good at any status but 200, so it gets a
 * stream that ends at once, with a reconnection delay; any other one receives a 503.
 */
final class RefusedResponses {
    private static final int MIN_RETRY_MILLIS = 5_000;
    private static final int MAX_RETRY_MILLIS = 15_000;
    private static final Pattern WANTS_STREAM = Pattern.compile("(?i)^GET [\\s\\S]*\r\nAccept: *text/event-stream");

    private final byte[] unavailable;
    private final String streamHead;

    /**
     * Responses.
     *
     * @param unavailable the 503, whole
     * @param headers of the stream
     */
    RefusedResponses(byte[] unavailable, List<Header> headers) {
        this.unavailable = unavailable.clone();
        BufferData head = BufferData.growing(256);
        head.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
        headers.forEach(header -> header.writeHttp1Header(head));
        HeaderValues.CONTENT_TYPE_EVENT_STREAM.writeHttp1Header(head);
        HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache").writeHttp1Header(head);
        HeaderValues.CONNECTION_CLOSE.writeHttp1Header(head);
        head.write("\r\n".getBytes(UTF_8));
        streamHead = head.readString(head.available(), UTF_8);
    }

    /**
     * Whether a request asks for a stream.
     *
     * @param request what has been read of it, perhaps nothing
     */
    boolean wantsStream(String request) {
        return WANTS_STREAM.matcher(request).find();
    }

    /** The response to a request that does not ask for a stream. */
    ByteBuffer unavailable() {
        return ByteBuffer.wrap(unavailable);
    }

    /** The response to a request that asks for a stream. */
    ByteBuffer stream() {
        int retry = ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
        return ByteBuffer.wrap((streamHead + ": busy\nretry: " + retry + "\n\n").getBytes(UTF_8));
    }
}
