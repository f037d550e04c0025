package dev.tinysse.server.body;

import dev.tinysse.server.routing.BadRequestException;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a body of one JSON message a line. The last line may end with a line break or without; a blank one is no message. Pure
 * functions.
 */
public final class MessageLines {
    public static final String MEDIA_TYPE = "application/x-ndjson";
    private static final int MAX_LINES = 10_000;
    /** About what a message and its part of the response take of the heap beside the bytes of its line. */
    private static final int LINE_BYTES = 512;

    private MessageLines() {}

    /** Reads one line. */
    public interface LineReader<T> {
        T read(byte[] line) throws BadRequestException;
    }

    /**
     * Reads all lines.
     *
     * @throws BadRequestException if a line cannot be read, whose number the text has, or if there are too many, or none
     */
    public static <T> List<T> read(byte[] body, LineReader<T> reader) throws BadRequestException {
        List<byte[]> lines = split(body);
        if (lines.isEmpty()) {
            throw new BadRequestException("at least one line is required");
        }
        if (lines.size() > MAX_LINES) {
            throw new BadRequestException(Status.REQUEST_ENTITY_TOO_LARGE_413,
                    "at most %d lines are allowed: lines=%d".formatted(MAX_LINES, lines.size()));
        }
        List<T> read = new ArrayList<>(lines.size());
        for (byte[] line : lines) {
            try {
                read.add(reader.read(line));
            } catch (BadRequestException e) {
                throw new BadRequestException("line %d: %s".formatted(read.size() + 1, e.getMessage()));
            }
        }
        return read;
    }

    /** About how many bytes of the heap the lines of a body need from the time when they are read until the response is sent. */
    public static long memory(byte[] body) {
        long lines = 1;
        for (byte b : body) {
            lines += b == '\n' ? 1 : 0;
        }
        return body.length + LINE_BYTES * Math.min(lines, MAX_LINES);
    }

    private static List<byte[]> split(byte[] body) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n') {
                lines.add(Arrays.copyOfRange(body, from, i));
                from = i + 1;
            }
        }
        if (from < body.length) {
            lines.add(Arrays.copyOfRange(body, from, body.length));
        }
        return lines;
    }
}
