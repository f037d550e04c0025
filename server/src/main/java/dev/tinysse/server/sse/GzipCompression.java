package dev.tinysse.server.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tinysse.broker.stream.StreamCompression;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A stream as one member of gzip (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>). Each event is a run of blocks that
 * ends at a byte and refers to nothing before it, so that all streams can have the same; what is for one stream alone is stored as it
 * is, unless it is long. Of a stream it needs only the sum and the length of all that has been sent.
 */
final class GzipCompression implements StreamCompression {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final byte[] LAST_BLOCK = {3, 0};
    private static final int MAX_STORED = 200;
    private static final int STORED_HEADER = 5;
    private static final ThreadLocal<Deflater> DEFLATER = ThreadLocal
            .withInitial(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true));

    private final byte[] first;
    private final byte[] begin;

    /**
     * Compression of streams that begin with one comment.
     *
     * @param first text of that comment
     */
    public GzipCompression(String first) {
        this.first = SseEncoder.comment(first);
        this.begin = Chunks.of(joined(HEADER, stored(this.first)));
    }

    /** A run of blocks, and what the sum of a stream becomes with it. */
    private record Run(byte[] bytes, int sum, int shift, int length) implements Frame {}

    @Override
    public Frame compress(byte[] frame) {
        byte[] text = text(frame);
        return new Run(Chunks.of(deflated(text)), sum(text), Crc32Sums.shift(text.length), text.length);
    }

    @Override
    public Encoder encoder() {
        return new GzipEncoder();
    }

    private final class GzipEncoder implements Encoder {
        private int sum;
        private int length;

        @Override
        public byte[] begin() {
            count(first);
            return begin.clone();
        }

        @Override
        public void append(Frame frame) {
            Run run = (Run) frame;
            sum = Crc32Sums.joined(sum, run.sum, run.shift);
            length += run.length;
        }

        @Override
        public byte[] append(byte[] frame) {
            byte[] text = text(frame);
            count(text);
            return Chunks.of(own(text));
        }

        @Override
        public byte[] end(byte[] end) {
            byte[] text = text(end);
            count(text);
            byte[] trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(sum)
                    .putInt(length).array();
            return Chunks.lastOf(joined(own(text), LAST_BLOCK, trailer));
        }

        private void count(byte[] text) {
            sum = Crc32Sums.joined(sum, sum(text), Crc32Sums.shift(text.length));
            length += text.length;
        }
    }

    /** The content of the first chunk. */
    private static byte[] text(byte[] frame) {
        int end = 0;
        while (frame[end] != '\r') {
            end++;
        }
        int length = Integer.parseInt(new String(frame, 0, end, US_ASCII), 16);
        return Arrays.copyOfRange(frame, end + 2, end + 2 + length);
    }

    private static int sum(byte[] text) {
        CRC32 sum = new CRC32();
        sum.update(text);
        return (int) sum.getValue();
    }

    private static byte[] own(byte[] text) {
        return text.length <= MAX_STORED ? stored(text) : deflated(text);
    }

    /** One block without compression, not the last one (RFC 1951 section 3.2.4). */
    private static byte[] stored(byte[] text) {
        return ByteBuffer.allocate(STORED_HEADER + text.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0)
                .putShort((short) text.length).putShort((short) ~text.length).put(text).array();
    }

    private static byte[] deflated(byte[] text) {
        Deflater deflater = DEFLATER.get();
        deflater.setInput(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + text.length / 2);
        byte[] buffer = new byte[1024];
        int length;
        do {
            length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, length);
        } while (length == buffer.length);
        deflater.reset();
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
