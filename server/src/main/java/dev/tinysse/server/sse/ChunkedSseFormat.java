package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.Optional;

/**
 * Events as chunks of an HTTP/1.1 body (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112 section 7.1</a>),
 * one event in one chunk, so that a stream that has ended can be told from one that broke off. Immutable.
 */
public final class ChunkedSseFormat implements StreamFormat {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    private final byte[] keepAlive;

    /**
     * The format with one comment for all keep-alives.
     *
     * @param keepAliveText text of that comment
     */
    public ChunkedSseFormat(String keepAliveText) {
        keepAlive = chunk(SseEncoder.comment(keepAliveText));
    }

    @Override
    public byte[] message(Message message) {
        return chunk(SseEncoder.encode(message));
    }

    @Override
    public byte[] envelope(String channel, Message message) {
        return message(EventJson.envelope(channel, message));
    }

    @Override
    public byte[] gap(Gap gap) {
        return message(EventJson.gap(gap));
    }

    @Override
    public byte[] presence(PresenceChange change) {
        return message(EventJson.presence(change));
    }

    @Override
    public byte[] keepAlive() {
        return keepAlive;
    }

    @Override
    public byte[] timeout(long retryMillis) {
        return lastChunk(SseEncoder.retry("timeout", retryMillis));
    }

    @Override
    public byte[] expired(long retryMillis) {
        return lastChunk(SseEncoder.retry("expired", retryMillis));
    }

    @Override
    public byte[] stop(long retryMillis) {
        return lastChunk(SseEncoder.retry(retryMillis));
    }

    @Override
    public byte[] end() {
        return LAST_CHUNK;
    }

    @Override
    public Optional<StreamCompression> compression() {
        return Optional.of(Gzip.COMPRESSION);
    }

    /** Is there when the first stream wants it. */
    private static final class Gzip {
        static final StreamCompression COMPRESSION = new GzipCompression("ok");
    }

    /** Frames bytes, at least one, as one chunk. */
    static byte[] chunk(byte[] body) {
        return framed(body, new byte[0]);
    }

    /** Frames bytes, at least one, as one chunk, and ends the body. */
    static byte[] lastChunk(byte[] body) {
        return framed(body, LAST_CHUNK);
    }

    private static byte[] framed(byte[] body, byte[] end) {
        byte[] size = Integer.toHexString(body.length).getBytes(US_ASCII);
        byte[] frame = new byte[size.length + 2 + body.length + 2 + end.length];
        System.arraycopy(size, 0, frame, 0, size.length);
        int at = lineBreak(frame, size.length);
        System.arraycopy(body, 0, frame, at, body.length);
        at = lineBreak(frame, at + body.length);
        System.arraycopy(end, 0, frame, at, end.length);
        return frame;
    }

    private static int lineBreak(byte[] frame, int at) {
        frame[at] = '\r';
        frame[at + 1] = '\n';
        return at + 2;
    }
}
