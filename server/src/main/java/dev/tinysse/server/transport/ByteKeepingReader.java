package dev.tinysse.server.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A reader that is stricter than Helidon's own, for the connection's thread alone.
 *
 * <p>Header values keep their bytes, one character for each, where Helidon's own keeps ASCII alone: what is UTF-8 can be told
 * from what is not only that way. And a chunked body is refused unless it is framed to the letter of
 * <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112 section 7.1</a>, without extensions and trailers, and
 * not longer than is allowed: Helidon would pass over what stands where a chunk should end, and keep a chunk in memory
 * whatever its size.
 */
final class ByteKeepingReader extends DataReader {
    private static final int SIZE_LINE_BYTES = 64;
    private static final Pattern SIZE = Pattern.compile("0*[0-9A-Fa-f]{1,8}");

    private final long maxBody;
    private long body;
    private boolean inChunk;
    private boolean lastChunk;

    @SuppressWarnings("removal") // the factory method that is to replace this constructor makes no subclasses
    ByteKeepingReader(Supplier<byte[]> bytes, long maxBody) {
        super(bytes);
        this.maxBody = maxBody;
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return super.readLazyString(StandardCharsets.ISO_8859_1, length);
    }

    /** The size of the next chunk, or the empty line behind the last one: there are no other lines that are read as such. */
    @Override
    public String readLine() {
        int length = findNewLine(SIZE_LINE_BYTES);
        if (length == SIZE_LINE_BYTES) {
            throw new IllegalArgumentException("the size of a chunk is too long");
        }
        String line = readAsciiString(length);
        skip(2);
        if (lastChunk) {
            beginBody();
        } else {
            beginChunk(line);
        }
        return line;
    }

    /** The bytes of a chunk, or of a body that has no chunks. */
    @Override
    public BufferData readBuffer(int length) {
        BufferData bytes = super.readBuffer(length);
        if (inChunk && !startsWithNewLine()) {
            throw new IllegalArgumentException("a chunk does not end where it should");
        }
        inChunk = false;
        return bytes;
    }

    /** What comes next is another body. */
    void beginBody() {
        body = 0;
        inChunk = false;
        lastChunk = false;
    }

    private void beginChunk(String size) {
        if (!SIZE.matcher(size).matches()) {
            throw new IllegalArgumentException("the size of a chunk is no number");
        }
        long length = Long.parseLong(size, 16);
        body += length;
        if (body > maxBody) {
            throw new BodyTooLongException();
        }
        inChunk = length > 0;
        lastChunk = length == 0;
    }
}
