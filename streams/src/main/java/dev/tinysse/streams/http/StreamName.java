package dev.tinysse.streams.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tinysse.api.internal.PercentCodes;
import io.helidon.http.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Names of streams, as paths have them. Pure functions. */
final class StreamName {
    /** Paths below it are for subscriptions (section 6 of the protocol), which do not exist here. */
    private static final String RESERVED = "__ds";
    private static final int MAX_SEGMENTS = 16;
    private static final int MAX_BYTES = 128;

    private StreamName() {}

    /**
     * Reads a name.
     *
     * @param path below the path of all streams, as it came, with the slash before it; empty for that path itself
     * @return the segments of the name, decoded, with slashes between them
     */
    static String of(String path) throws RequestException {
        if (path.isEmpty()) {
            throw new RequestException(Status.NOT_FOUND_404, "not found: a path of a stream has a name");
        }
        String[] segments = path.substring(1).split("/", -1);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            String segment = decode(segments[i]);
            if (i == 0 && segment.equals(RESERVED)) {
                throw new RequestException(Status.NOT_FOUND_404, "not found: there are no subscriptions");
            }
            if (i == MAX_SEGMENTS) {
                throw RequestException.bad("name of a stream must have at most %d segments: segments=%d"
                        .formatted(MAX_SEGMENTS, segments.length));
            }
            name.append(i == 0 ? "" : "/").append(segment);
        }
        return name.toString();
    }

    private static String decode(String raw) throws RequestException {
        if (!PercentCodes.areWellFormed(raw)) {
            throw invalid("has a malformed percent code", raw);
        }
        byte[] bytes = PercentCodes.decode(raw.getBytes(ISO_8859_1));
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw RequestException.bad("segment of a name must have 1 to %d bytes: bytes=%d"
                    .formatted(MAX_BYTES, bytes.length));
        }
        String segment;
        try {
            segment = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw invalid("is not UTF-8", raw);
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw invalid("must not be . or ..", raw);
        }
        if (segment.indexOf('/') >= 0 || segment.chars().anyMatch(Character::isISOControl)) {
            throw invalid("must not have slashes or control characters", raw);
        }
        return segment;
    }

    private static RequestException invalid(String rule, String raw) {
        return RequestException.bad("segment of a name " + rule + ": segment=" + raw);
    }
}
