package dev.tinysse.server.files;

import io.helidon.http.DateTime;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Conditional requests, RFC 9110, section 13. A date that cannot be read is as good as none. */
final class Preconditions {
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"[^\"]*\"");

    private Preconditions() {}

    /** The result of the conditions of a request. */
    enum Outcome {
        MET, NOT_MODIFIED, FAILED
    }

    /** Weighs the conditions of a {@code GET} or {@code HEAD} in the order of section 13.2.2. */
    static Outcome of(Headers request, ServedFile file) {
        if (request.contains(HeaderNames.IF_MATCH)) {
            if (!names(request, HeaderNames.IF_MATCH, file, false)) {
                return Outcome.FAILED;
            }
        } else if (date(request, HeaderNames.IF_UNMODIFIED_SINCE).filter(file.lastModified()::isAfter).isPresent()) {
            return Outcome.FAILED;
        }
        var unmodified = request.contains(HeaderNames.IF_NONE_MATCH)
                ? names(request, HeaderNames.IF_NONE_MATCH, file, true)
                : date(request, HeaderNames.IF_MODIFIED_SINCE).filter(date -> !file.lastModified().isAfter(date))
                        .isPresent();
        return unmodified ? Outcome.NOT_MODIFIED : Outcome.MET;
    }

    /** Tells whether a range may be served as one of the file that the client has a part of; see section 13.1.5. */
    static boolean rangeHolds(Headers request, ServedFile file) {
        if (!request.contains(HeaderNames.IF_RANGE)) {
            return true;
        }
        return joined(request, HeaderNames.IF_RANGE).equals(file.etag())
                || date(request, HeaderNames.IF_RANGE).filter(file.lastModified()::equals).isPresent();
    }

    private static boolean names(Headers request, HeaderName header, ServedFile file, boolean weakly) {
        var value = joined(request, header);
        return value.equals("*") || ENTITY_TAG.matcher(value).results().map(match -> match.group())
                .map(tag -> weakly && tag.startsWith("W/") ? tag.substring(2) : tag).anyMatch(file.etag()::equals);
    }

    private static Optional<Instant> date(Headers request, HeaderName header) {
        if (!request.contains(header)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTime.parse(joined(request, header)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String joined(Headers request, HeaderName header) {
        List<String> values = request.get(header).allValues();
        return String.join(", ", values).strip();
    }
}
