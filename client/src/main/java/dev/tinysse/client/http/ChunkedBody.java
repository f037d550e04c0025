package dev.tinysse.client.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>). For one thread.
 */
final class ChunkedBody extends SizedBody {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_SIZE_LINE = 1024;
    private static final int MAX_TRAILER = 16 * 1024;
    private final LineReader lines;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(LineReader lines, InputStream in) {
        super(in, 0);
        this.lines = lines;
    }

    @Override
    long nextSize() throws IOException {
        if (ended) {
            return 0;
        }
        lines.limit(MAX_SIZE_LINE);
        if (!first && !lines.next().isEmpty()) {
            throw new MalformedResponseException("no line break behind a chunk");
        }
        first = false;
        String line = lines.next();
        int extension = line.indexOf(';');
        String digits = (extension < 0 ? line : line.substring(0, extension)).strip();
        if (digits.isEmpty() || digits.length() > MAX_SIZE_DIGITS
                || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
            throw new MalformedResponseException("no chunk size: " + digits);
        }
        long size = Long.parseLong(digits, 16);
        if (size == 0) {
            ended = true;
            lines.limit(MAX_TRAILER);
            while (!lines.next().isEmpty()) {
                // a trailer, which means nothing here
            }
        }
        return size;
    }
}
