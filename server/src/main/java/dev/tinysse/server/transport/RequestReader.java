package dev.tinysse.server.transport;

import dev.tinysse.api.internal.Tokens;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.LazyString;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Reads the bytes of a connection for Helidon's parser, and is strict where that is lenient. For the connection's
 * thread alone.
 *
 * <ul>
 * <li>One empty line before a request is skipped (RFC 9112 section 2.2).
 * <li>A method that is no token is refused: Helidon would take it for an error of the server.
 * <li>Header values keep their bytes, one character for each, where Helidon keeps ASCII alone: only this distinguishes UTF-8 from what
 * is not.
 * <li>A chunked body is refused unless it is framed strictly ({@link ChunkedFraming}) and not longer than is allowed: Helidon
 * would pass over what stands where a chunk should end, and keep a chunk in memory whatever its size.
 * </ul>
 *
 * <p>Of a body that is read while it arrives, Helidon sees other chunks than the client has sent: as much of one as is there.
 */
final class RequestReader extends RenewableReader {
    private final ChunkedFraming chunks;
    /** Is called with the size of each chunk before it is read; may throw to refuse it. */
    private final LongConsumer memory;
    private boolean beforeRequestLine = true;
    private boolean streaming;
    /** Bytes of the present chunk that have not been read. Only of a body that is read while it arrives. */
    private long restOfChunk;
    /** Whether the line break behind a chunk has not been read. */
    private boolean beforeEndOfChunk;

    RequestReader(Supplier<byte[]> bytes, long maxBody, LongConsumer memory) {
        super(bytes);
        this.memory = memory;
        chunks = new ChunkedFraming(maxBody);
    }

    /** Begins another request. */
    void beginRequest() {
        renew();
        beforeRequestLine = true;
        streaming = false;
    }

    /** Begins the body, if there is one. */
    void beginBody() {
        chunks.begin();
    }

    /** The body may have any length, and its parts are read as they arrive. */
    void streamBody() {
        chunks.allowAnyLength();
        streaming = true;
        restOfChunk = 0;
        beforeEndOfChunk = false;
    }

    /** Whether nothing of the next request has been read. */
    boolean isBeforeRequest() {
        return beforeRequestLine && available() == 0;
    }

    @Override
    public int findNewLine(int max) {
        if (beforeRequestLine && startsWithNewLine()) {
            skip(2);
        }
        return super.findNewLine(max);
    }

    /** Reads the request line, or any other bytes. */
    @Override
    public byte[] readBytes(int length) {
        byte[] bytes = super.readBytes(length);
        if (beforeRequestLine) {
            beforeRequestLine = false;
            requireMethod(bytes);
        }
        return bytes;
    }

    @Override
    public LazyString readLazyString(Charset charset, int length) {
        return super.readLazyString(StandardCharsets.ISO_8859_1, length);
    }

    /** The size of the next chunk, or the empty line after the last one: Helidon reads no other lines this way. */
    @Override
    public String readLine() {
        if (streaming && !chunks.inTrailers()) {
            return Long.toHexString(part());
        }
        if (!chunks.inTrailers()) {
            String size = chunks.size(line());
            memory.accept(Long.parseLong(size, 16));
            return size;
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            chunks.discard(line);
        }
        return "";
    }

    /** Reads the bytes of a chunk, or of a body without chunks. */
    @Override
    public BufferData readBuffer(int length) {
        BufferData bytes = super.readBuffer(length);
        if (streaming) {
            restOfChunk -= length;
            beforeEndOfChunk = restOfChunk == 0;
        } else if (chunks.inChunk()) {
            chunks.endOfData(startsWithNewLine());
        }
        return bytes;
    }

    /** The bytes that are there of a chunk, one at least; 0 at the end of the body. */
    private long part() {
        if (beforeEndOfChunk) {
            chunks.endOfData(startsWithNewLine());
            super.skip(2);
            beforeEndOfChunk = false;
        }
        if (restOfChunk == 0) {
            restOfChunk = Long.parseLong(chunks.size(line()), 16);
        }
        if (restOfChunk == 0) {
            return 0;
        }
        ensureAvailable();
        return Math.min(available(), restOfChunk);
    }

    /** Goes over the line break behind a chunk, which is not there yet if the chunk is a part of one. */
    @Override
    public void skip(int length) {
        if (!streaming || chunks.inTrailers()) {
            super.skip(length);
        }
    }

    private String line() {
        int length = findNewLine(ChunkedFraming.MAX_LINE_BYTES);
        if (length == ChunkedFraming.MAX_LINE_BYTES) {
            throw new IllegalArgumentException("line between chunks too long");
        }
        String line = length == 0 ? "" : readAsciiString(length);
        super.skip(2);
        return line;
    }

    private static void requireMethod(byte[] line) {
        int length = 0;
        while (length < line.length && Tokens.isTokenCharacter(line[length])) {
            length++;
        }
        if (length == 0 || length < line.length && line[length] != ' ') {
            throw refused("method that is not a token");
        }
    }

    /** The end of a request that is not one, and of its connection. */
    static RequestException refused(String what) {
        return RequestException.builder().type(DirectHandler.EventType.BAD_REQUEST).status(Status.BAD_REQUEST_400)
                .setKeepAlive(false).message(what).build();
    }
}
