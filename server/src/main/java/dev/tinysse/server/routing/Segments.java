package dev.tinysse.server.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tinysse.api.internal.PercentCodes;

/** Reads the segments of paths. */
public final class Segments {
    private Segments() {}

    /**
     * Decodes a segment of a path.
     *
     * @param segment as it came
     * @param name how an error introduces it
     * @throws BadRequestException if it is not UTF-8 with well-formed percent codes
     */
    public static String decoded(String segment, String name) throws BadRequestException {
        if (!PercentCodes.areWellFormed(segment)) {
            throw new BadRequestException("malformed percent code in the path: " + name + Responses.shown(segment));
        }
        return Utf8.decode(PercentCodes.decode(segment.getBytes(ISO_8859_1))).orElseThrow(
                () -> new BadRequestException("path is not UTF-8: " + name + Responses.shown(segment)));
    }
}
