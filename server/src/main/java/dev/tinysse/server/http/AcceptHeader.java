package dev.tinysse.server.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code Accept} as in <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110 section 12.5.1</a>. Pure
 * functions.
 */
final class AcceptHeader {
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final Pattern RANGE = Pattern.compile("(?:[^,\"]|" + QUOTED + ")++");
    private static final Pattern PART = Pattern.compile("(?:[^;\"]|" + QUOTED + ")++");
    /** A weight as in section 12.4.2 that says: not acceptable. */
    private static final Pattern NO_WEIGHT = Pattern.compile("[qQ][ \t]*=[ \t]*0(?:\\.0{0,3})?");

    private AcceptHeader() {}

    /**
     * Whether a media type is requested by its name. A range that includes it, like {@code *}{@code /*}, does not ask for it.
     *
     * @param values of the header's lines
     * @param mediaType without parameters
     */
    static boolean names(List<String> values, String mediaType) {
        return values.stream().flatMap(value -> RANGE.matcher(value).results())
                .anyMatch(range -> isAskedFor(range.group(), mediaType));
    }

    private static boolean isAskedFor(String range, String mediaType) {
        Matcher parts = PART.matcher(range);
        if (!parts.find() || !parts.group().strip().equalsIgnoreCase(mediaType)) {
            return false;
        }
        while (parts.find()) {
            if (NO_WEIGHT.matcher(parts.group().strip()).matches()) {
                return false;
            }
        }
        return true;
    }
}
