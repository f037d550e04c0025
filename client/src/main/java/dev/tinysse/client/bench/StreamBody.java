package dev.tinysse.client.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;

/** The response of one stream as its bytes come: its head, then what is in its chunks. For one thread. */
final class StreamBody {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_SIZE_LINE = 256;
    private static final int TWO_LINE_ENDS = 4;

    private final EventScanner scanner;
    private byte[] head = new byte[512];
    private int headLength;
    private boolean chunked;
    private long chunkLeft = -1;
    private boolean begun;
    private long size;
    private int sizeLine;
    private boolean inExtension;

    StreamBody(EventScanner scanner) {
        this.scanner = scanner;
    }

    /** Whether something of the body has come: the stream is open. */
    boolean hasBegun() {
        return begun;
    }

    /**
     * Reads on.
     *
     * @throws IOException if the server does not give a stream, or ends it
     */
    void accept(byte[] bytes, int length, LongConsumer found) throws IOException {
        int from = head == null ? 0 : head(bytes, length);
        if (from == length) {
            return;
        }
        begun = true;
        if (!chunked) {
            scanner.scan(bytes, from, length, found);
            return;
        }
        while (from < length) {
            if (chunkLeft > 0) {
                int to = (int) Math.min(length, from + chunkLeft);
                scanner.scan(bytes, from, to, found);
                chunkLeft -= to - from;
                from = to;
            } else {
                sizeByte(bytes[from++]);
            }
        }
    }

    /** A byte between the data of two chunks: the line break behind the first, and the size of the next. */
    private void sizeByte(byte b) throws IOException {
        if (b == '\n') {
            if (sizeLine > 0) {
                if (size == 0) {
                    throw new IOException("the server has ended a stream");
                }
                chunkLeft = size;
            }
            size = 0;
            sizeLine = 0;
            inExtension = false;
            return;
        }
        int digit = Character.digit(b, 16);
        inExtension |= b == ';';
        if (digit >= 0 && !inExtension) {
            size = size * 16 + digit;
            sizeLine++;
        } else if (b != '\r' && !inExtension || sizeLine > MAX_SIZE_LINE) {
            throw new IOException("malformed chunk in a stream");
        }
    }

    /** Where the body begins in these bytes; at their end if the head is not whole. */
    private int head(byte[] bytes, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            if (headLength == head.length) {
                if (headLength >= MAX_HEAD) {
                    throw new IOException("a head of over " + MAX_HEAD + " bytes");
                }
                head = Arrays.copyOf(head, 2 * headLength);
            }
            head[headLength++] = bytes[i];
            if (headLength >= TWO_LINE_ENDS && bytes[i] == '\n' && head[headLength - 2] == '\r'
                    && head[headLength - 3] == '\n') {
                begin(new String(head, 0, headLength, StandardCharsets.ISO_8859_1));
                return i + 1;
            }
        }
        return length;
    }

    private void begin(String text) throws IOException {
        String first = text.lines().findFirst().orElse("");
        String lower = text.toLowerCase(Locale.ROOT);
        if (!first.matches("HTTP/1\\.. 200.*") || !lower.contains("\ncontent-type: text/event-stream")) {
            throw new IOException("the server gives no stream: " + first);
        }
        chunked = lower.contains("\ntransfer-encoding: chunked");
        head = null;
    }
}
