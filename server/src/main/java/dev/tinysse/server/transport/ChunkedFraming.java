package dev.tinysse.server.transport;

import dev.tinysse.api.internal.Tokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines between the chunks of one body at a time, as strictly as
 * <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112 section 7.1</a> has them. Extensions are passed over and
 * trailers discarded, up to a size. For the connection's thread alone.
 */
final class ChunkedFraming {
    static final int MAX_LINE_BYTES = 1024;
    /** The limit for all extensions and trailers of a body, since reading them costs time and they are of no use. */
    private static final int MAX_EXTRA_BYTES = 16 * 1024;
    private static final String QUOTED = "\"(?:[^\\p{Cntrl}\"\\\\]|\t|\\\\[^\\p{Cntrl}])*+\"";
    private static final String EXTENSION = "[ \t]*+;[ \t]*+" + Tokens.REGEX + "(?:[ \t]*+=[ \t]*+(?:" + Tokens.REGEX
            + "|" + QUOTED
            + "))?+";
    private static final Pattern SIZE_LINE = Pattern.compile("(0*[0-9A-Fa-f]{1,8})(?:" + EXTENSION + ")*+");
    private static final Pattern TRAILER = Pattern.compile(Tokens.REGEX + ":(?:[^\\p{Cntrl}]|\t)*+");

    private final long maxBody;
    private long limit;
    private long body;
    private int extra;
    private boolean inChunk;
    private boolean inTrailers;

    /** Reads bodies of up to {@code maxBody} bytes. */
    ChunkedFraming(long maxBody) {
        this.maxBody = maxBody;
        this.limit = maxBody;
    }

    /** Begins another body. */
    void begin() {
        limit = maxBody;
        body = 0;
        extra = 0;
        inChunk = false;
        inTrailers = false;
    }

    /** This body may have any length. */
    void allowAnyLength() {
        limit = Long.MAX_VALUE;
    }

    /** Whether the last chunk has come, and only trailers and an empty line follow. */
    boolean inTrailers() {
        return inTrailers;
    }

    /**
     * Reads the line that begins a chunk.
     *
     * @param line without its end
     * @return the size, in hexadecimal digits
     */
    String size(String line) {
        Matcher matcher = SIZE_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("malformed chunk size");
        }
        String size = matcher.group(1);
        count(line.length() - size.length());
        long length = Long.parseLong(size, 16);
        body += length;
        if (body > limit) {
            throw new BodyTooLongException();
        }
        inChunk = length > 0;
        inTrailers = length == 0;
        return size;
    }

    /** Checks a trailer, and drops it. */
    void discard(String trailer) {
        if (!TRAILER.matcher(trailer).matches()) {
            throw new IllegalArgumentException("malformed trailer");
        }
        count(trailer.length());
    }

    /** Ends a chunk whose bytes have been read; a line break must follow them. */
    void endOfData(boolean newLine) {
        if (!newLine) {
            throw new IllegalArgumentException("chunk longer than its size");
        }
        inChunk = false;
    }

    /** Whether bytes of a chunk come next. */
    boolean inChunk() {
        return inChunk;
    }

    private void count(int bytes) {
        extra += bytes;
        if (extra > MAX_EXTRA_BYTES) {
            throw new IllegalArgumentException("chunk extensions and trailers too long");
        }
    }
}
