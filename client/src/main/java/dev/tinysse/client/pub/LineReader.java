package dev.tinysse.client.pub;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines of bytes, as they come. For one thread. */
final class LineReader {
    private final InputStream in;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line without its line break, or nothing at the end. What stands behind the last line break is a line too. */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return Optional.empty();
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            line.write(b);
        }
        byte[] bytes = line.toByteArray();
        boolean hasReturn = b == '\n' && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return Optional.of(hasReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
    }
}
