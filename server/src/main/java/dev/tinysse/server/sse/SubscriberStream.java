package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.api.GapReason;
import dev.tinysse.api.Message;
import dev.tinysse.api.Subscription;
import dev.tinysse.broker.Broker;
import dev.tinysse.broker.OpenStream;
import dev.tinysse.broker.stream.StreamOwner;
import dev.tinysse.broker.stream.StreamStart;
import dev.tinysse.server.transport.Connection;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.CloseConnectionException;
import java.util.List;
import java.util.Optional;

/**
 * A request that has become an event stream of the broker. For the request's thread alone.
 *
 * <p>The handler calls {@link #open}, goes live or replays, and leaves by throwing what {@link #detach} returns: the stream needs no
 * thread from there on.
 */
public final class SubscriberStream {
    /** For a stream that is compressed. */
    public static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final byte[] OK = Chunks.of(SseEncoder.comment("ok"));

    private final OpenStream stream;
    private final CloseConnectionException detached;

    private SubscriberStream(OpenStream stream, CloseConnectionException detached) {
        this.stream = stream;
        this.detached = detached;
    }

    /**
     * Opens the stream: from now on it receives all messages that are published.
     *
     * @param broker delivers the messages
     * @param connection of the request
     * @param headers of the response
     * @param subscription the subscriber
     * @param start what the request specifies
     * @param ended run when the stream has ended, on one of the broker's threads
     */
    public static SubscriberStream open(Broker broker, Connection connection, ServerResponseHeaders headers,
            Subscription subscription, StreamStart start, Runnable ended) {
        StreamOwner owner = observed(connection, new ConnectionOwner(connection.returned(), connection.unread(),
                connection.clientBehindProxy(), ended));
        byte[] head = head(connection, headers, start.compressed());
        CloseConnectionException detached = connection.detach();
        try {
            OpenStream stream = broker.open(subscription, connection.channel(), head, owner, start);
            connection.outcome().startStream();
            return new SubscriberStream(stream, detached);
        } catch (RuntimeException | Error e) {
            connection.abort();
            throw e;
        }
    }

    private static StreamOwner observed(Connection connection, StreamOwner owner) {
        return connection.streamListener().<StreamOwner>map(listener -> new ObservedOwner(owner, listener))
                .orElse(owner);
    }

    /** {@return why history cannot send all that follows the client's last event id, if it cannot} */
    public Optional<GapReason> gap() {
        return stream.gap();
    }

    /** Sends these messages, then what has been published since {@link #open}, and from then on every message. */
    public void goLive(List<Message> replay) {
        stream.goLive(replay);
    }

    /** Sends what history keeps for the client, and from then on every message. */
    public void replay() {
        stream.replay();
    }

    /** {@return what to throw to leave the request} */
    public CloseConnectionException detach() {
        return detached;
    }

    private static byte[] head(Connection connection, ServerResponseHeaders headers, boolean compressed) {
        EventStreamSink.describe(headers);
        headers.set(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        if (compressed) {
            headers.set(GZIP);
        }
        if (connection.isLastRequest()) {
            headers.set(HeaderValues.CONNECTION_CLOSE);
        }
        headers.setIfAbsent(HeaderValues.create(HeaderNames.DATE, DateTime.rfc1123String()));
        BufferData head = BufferData.growing(512);
        head.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
        for (Header header : headers) {
            header.writeHttp1Header(head);
        }
        head.write("\r\n".getBytes(US_ASCII));
        if (!compressed) {
            head.write(OK);
        }
        return head.readBytes();
    }
}
