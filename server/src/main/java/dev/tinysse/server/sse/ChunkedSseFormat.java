package dev.tinysse.server.sse;

import dev.tinysse.api.Message;
import dev.tinysse.broker.stream.Gap;
import dev.tinysse.broker.stream.PresenceChange;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.Optional;

/**
 * Events as chunks of an HTTP/1.1 body (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112 section 7.1</a>),
 * one event in one chunk, so that a stream that has ended can be distinguished from one that broke off. Immutable.
 */
public final class ChunkedSseFormat implements StreamFormat {
    private static final byte[] CAUGHT_UP = Chunks.of(SseEncoder.comment("caught up"));
    private final byte[] keepAlive;

    /**
     * The format with one comment for all keep-alives.
     *
     * @param keepAliveText text of that comment
     */
    public ChunkedSseFormat(String keepAliveText) {
        keepAlive = Chunks.of(SseEncoder.comment(keepAliveText));
    }

    @Override
    public byte[] message(Message message) {
        return Chunks.of(SseEncoder.encode(message));
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
    public byte[] caughtUp() {
        return CAUGHT_UP;
    }

    @Override
    public byte[] keepAlive() {
        return keepAlive;
    }

    @Override
    public byte[] timeout(long retryMillis) {
        return Chunks.lastOf(SseEncoder.retry("timeout", retryMillis));
    }

    @Override
    public byte[] expired(long retryMillis) {
        return Chunks.lastOf(SseEncoder.retry("expired", retryMillis));
    }

    @Override
    public byte[] stop(long retryMillis) {
        return Chunks.lastOf(SseEncoder.retry(retryMillis));
    }

    @Override
    public byte[] end() {
        return Chunks.last();
    }

    @Override
    public Optional<StreamCompression> compression() {
        return Optional.of(Gzip.COMPRESSION);
    }

    /** Is there when the first stream wants it. */
    private static final class Gzip {
        static final StreamCompression COMPRESSION = new GzipCompression("ok");
    }
}
