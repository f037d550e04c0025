package dev.tinysse.client.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body in chunks (<a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>). For one thread.
 */
final class ChunkedBody extends InputStream {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_SIZE_LINE = 1024;
    private static final int MAX_TRAILER = 16 * 1024;
    private final LineReader lines;
    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(LineReader lines, InputStream in) {
        this.lines = lines;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended within the response");
        }
        left -= count;
        return count;
    }

    private void beginChunk() throws IOException {
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
        left = Long.parseLong(digits, 16);
        if (left == 0) {
            ended = true;
            lines.limit(MAX_TRAILER);
            while (!lines.next().isEmpty()) {
                // a trailer, which means nothing here
            }
        }
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }
}
