package dev.tinysse.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tinysse.api.internal.PercentCodes;
import dev.tinysse.server.routing.BadRequestException;
import dev.tinysse.server.routing.Requests;
import dev.tinysse.server.routing.Responses;
import dev.tinysse.server.routing.Utf8;
import io.helidon.webserver.http.ServerRequest;

/** Reads the segments of paths. */
final class Segments {
    private Segments() {}

    /**
     * A segment of a request's path, decoded.
     *
     * @param number 0 for the one behind the first slash
     * @throws BadRequestException if it cannot be decoded
     */
    static String decoded(ServerRequest request, int number) throws BadRequestException {
        String segment = Requests.path(request).split("/", -1)[number + 1];
        if (!PercentCodes.areWellFormed(segment)) {
            throw new BadRequestException("malformed percent code in the path: " + Responses.shown(segment));
        }
        return Utf8.decode(PercentCodes.decode(segment.getBytes(ISO_8859_1)))
                .orElseThrow(() -> new BadRequestException("path is not UTF-8: " + Responses.shown(segment)));
    }
}
