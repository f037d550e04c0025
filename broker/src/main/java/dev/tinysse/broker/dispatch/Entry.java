package dev.tinysse.broker.dispatch;

import dev.tinysse.api.Message;
import dev.tinysse.api.Publication;
import dev.tinysse.api.Request;
import dev.tinysse.broker.log.LogRecord;
import dev.tinysse.broker.stream.StreamCompression;
import dev.tinysse.broker.stream.StreamFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message on its way to streams, encoded once for all of them. Safe for any thread. */
public class Entry {
    private static final Publication NO_PUBLICATION = Publication
            .of(Request.NONE, Message.builder().build());

    public final long position;
    public final Publication publication;
    public final byte[] frame;
    /** From which a client can resume; empty without history. */
    public final Optional<String> id;
    /** Whether it is a notice and no message: it has no id, is not stored, has no envelope, and bypasses hooks. */
    public final boolean notice;
    private volatile byte @Nullable [] envelope;
    private volatile StreamCompression.@Nullable Frame compressed;
    private volatile StreamCompression.@Nullable Frame compressedEnvelope;

    public Entry(LogRecord record, Publication publication, byte[] frame) {
        this.position = record.position();
        this.publication = publication;
        this.frame = frame;
        this.id = record.id();
        this.notice = false;
    }

    /** A notice behind the message with this position. */
    Entry(long position, byte[] frame) {
        this.position = position;
        this.publication = NO_PUBLICATION;
        this.frame = frame;
        this.id = Optional.empty();
        this.notice = true;
        this.envelope = frame;
    }

    /** A stream that has taken it was not sent it. */
    public void skipped() {}

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

    /** The same, compressed when the first stream wants that. For fan-out threads, of a format that has compression. */
    public StreamCompression.Frame compressed(boolean inEnvelope, StreamFormat format) {
        StreamCompression.Frame found = inEnvelope ? compressedEnvelope : compressed;
        if (found == null) {
            found = format.compression().orElseThrow().compress(frame(inEnvelope, format));
            if (inEnvelope) {
                compressedEnvelope = found;
            } else {
                compressed = found;
            }
        }
        return found;
    }
}
