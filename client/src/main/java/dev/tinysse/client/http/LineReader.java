package dev.tinysse.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the lines of a response: those of its head, and those between chunks. For one thread. */
final class LineReader {
    private final InputStream in;
    private byte[] line = new byte[256];
    private int left;
    private boolean inResponse;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** From here on another response is read. */
    void beginResponse() {
        inResponse = false;
    }

    /** The lines that follow may have so many bytes together. */
    void limit(int bytes) {
        left = bytes;
    }

    /** The bytes up to the next line break, without it. */
    String next() throws IOException {
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection ended " + (inResponse ? "within" : "before") + " the response");
            }
            inResponse = true;
            if (left-- == 0) {
                throw new MalformedResponseException("its head or a line between its chunks is too long");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
        inResponse = true;
        return new String(line, 0, length > 0 && line[length - 1] == '\r' ? length - 1 : length,
                StandardCharsets.UTF_8);
    }
}
