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
import dev.tinysse.server.transport.RequestOutcome;
import io.helidon.common.GenericType;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a request into an event stream of the broker. What is emitted is the replay; {@link #goLive} sends it, or {@link #replay} what
 * history keeps, and starts live delivery. For the request's thread alone.
 *
 * <p>The handler calls {@link #open}, emits and goes live, or replays, and leaves by throwing what {@link #detach} returns: the stream needs no
 * thread from there on.
 */
public final class EventStreamSink implements SseSink {
    /** The type to ask {@link ServerResponse#sink} for. */
    public static final GenericType<EventStreamSink> TYPE = GenericType.create(EventStreamSink.class);

    static final Header X_ACCEL_BUFFERING = HeaderValues.createCached("X-Accel-Buffering", "no");
    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    /** For a stream that is compressed. */
    public static final Header GZIP = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");
    private static final byte[] OK = Chunks.of(SseEncoder.comment("ok"));

    private final ServerResponse response;
    private final Connection connection;
    private final List<Message> emitted = new ArrayList<>();
    private OpenStream stream;
    private CloseConnectionException detached;

    EventStreamSink(ServerResponse response, Connection connection) {
        this.response = response;
        this.connection = connection;
    }

    /**
     * Sets the headers of an event stream.
     *
     * @param headers of the response
     */
    public static void describe(ServerResponseHeaders headers) {
        headers.set(HeaderValues.CONTENT_TYPE_EVENT_STREAM);
        headers.set(NO_CACHE);
        headers.set(X_ACCEL_BUFFERING);
    }

    /**
     * Opens the stream: from now on it receives all messages that are published.
     *
     * @param broker delivers the messages
     * @param subscription the subscriber
     * @param start what the request specifies
     * @param ended run when the stream has ended, on one of the broker's threads
     */
    public void open(Broker broker, Subscription subscription, StreamStart start, Runnable ended) {
        StreamOwner owner = observed(new ConnectionOwner(connection.returned(), connection.unread(),
                connection.clientBehindProxy(), ended));
        byte[] head = head(start.compressed());
        detached = connection.detach();
        try {
            stream = broker.open(subscription, connection.channel(), head, owner, start);
            RequestOutcome.startStream();
        } catch (RuntimeException | Error e) {
            connection.abort();
            throw e;
        }
    }

    private static StreamOwner observed(StreamOwner owner) {
        return RequestOutcome.streamObserver().<StreamOwner>map(observer -> new ObservedOwner(owner, observer))
                .orElse(owner);
    }

    /** {@return why history cannot send all that follows the client's last event id, if it cannot} */
    public Optional<GapReason> gap() {
        return stream.gap();
    }

    /**
     * Adds a message to the replay.
     *
     * @param message to send
     */
    public void emit(Message message) {
        emitted.add(message);
    }

    /** The same for Helidon's own type, as every sink of its has it. */
    @Override
    public EventStreamSink emit(SseEvent event) {
        Message.Builder message = Message.builder();
        event.id().ifPresent(message::id);
        event.name().ifPresent(message::event);
        event.comment().map(List::of).ifPresent(message::comments);
        if (event.data() != SseEvent.NO_DATA) {
            message.data(event.data().toString());
        }
        emit(message.build());
        return this;
    }

    /** Sends the replay, then what has been published since {@link #open}, and from then on every message. */
    public void goLive() {
        stream.goLive(emitted);
    }

    /** Sends what history keeps for the client, instead of a replay of messages, and from then on every message. */
    public void replay() {
        stream.replay();
    }

    /** Helidon's name for {@link #goLive}. */
    @Override
    public void close() {
        goLive();
    }

    /** {@return what to throw to leave the request} */
    public CloseConnectionException detach() {
        return detached;
    }

    private byte[] head(boolean compressed) {
        ServerResponseHeaders headers = response.headers();
        describe(headers);
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
