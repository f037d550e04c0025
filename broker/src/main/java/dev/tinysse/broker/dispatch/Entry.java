package dev.tinysse.broker.dispatch;

import dev.tinysse.api.Publication;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.Optional;

/** A message on its way to streams, encoded once for all of them. Safe for any thread. */
public class Entry {
    public final long position;
    public final Publication publication;
    public final byte[] frame;
    public final Optional<String> id;
    private volatile byte[] envelope;

    public Entry(long position, Publication publication, byte[] frame) {
        this.position = position;
        this.publication = publication;
        this.frame = frame;
        this.id = publication.message().id();
    }

    /** The bytes for a stream. Envelopes are encoded when the first stream wants one. */
    public byte[] frame(boolean inEnvelope, StreamFormat format) {
        if (!inEnvelope) {
            return frame;
        }
        byte[] encoded = envelope;
        if (encoded == null) {
            encoded = format.envelope(publication.channel(), publication.message());
            envelope = encoded;
        }
        return encoded;
    }
}
