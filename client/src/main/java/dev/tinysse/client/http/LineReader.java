package dev.tinysse.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the lines of a response: those of its head, and those between chunks. For one thread. */
final class LineReader {
    private static final int MAX_LINE = 64 * 1024;
    private final InputStream in;
    private byte[] line = new byte[256];
    /** How many bytes of the response have been read as lines. */
    private int size;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** From here on another response is read. */
    void beginResponse() {
        size = 0;
    }

    /** The bytes up to the next line break, without it. */
    String next() throws IOException {
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended " + (size == 0 && length == 0
                        ? "before the response"
                        : "within the response"));
            }
            if (length == line.length) {
                if (length >= MAX_LINE) {
                    throw new IOException("malformed response: a line of over " + MAX_LINE + " bytes");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
        size = Math.min(Integer.MAX_VALUE / 2, size + length + 1);
        return new String(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length,
                StandardCharsets.UTF_8);
    }
}
