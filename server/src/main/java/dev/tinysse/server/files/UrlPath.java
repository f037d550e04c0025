package dev.tinysse.server.files;

import dev.tinysse.api.internal.PercentCodes;
import dev.tinysse.server.routing.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a URL, decoded once into names that each stand for a visible entry of a folder and for nothing else.
 *
 * @param names the names from the top down; none is empty, begins with a dot, or has a separator in it
 * @param slash whether the path ended with a slash, as the path of a folder does
 */
record UrlPath(List<String> names, boolean slash) {

    /**
     * Reads a path as it was sent: empty, or beginning with a slash.
     *
     * @return empty when the path can name no visible file, in whatever spelling
     */
    static Optional<UrlPath> parse(String raw) {
        var parts = raw.split("/", -1);
        var slash = parts.length > 1 && parts[parts.length - 1].isEmpty();
        var names = new ArrayList<String>();
        for (var part : List.of(parts).subList(1, slash ? parts.length - 1 : parts.length)) {
            var name = decode(part);
            if (!visible(name)) {
                return Optional.empty();
            }
            names.add(name);
        }
        return Optional.of(new UrlPath(List.copyOf(names), slash));
    }

    /** Tells whether a name is one of an entry that may be seen; {@code .} and {@code ..} are hidden like any other. */
    static boolean visible(String name) {
        return !name.isEmpty() && name.charAt(0) != '.' && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
    }

    /** Decodes one part of a path; the result is empty when it is no UTF-8 or has a broken or missing escape. */
    private static String decode(String part) {
        if (!PercentCodes.areWellFormed(part) || part.chars().anyMatch(c -> c < ' ' || c > '~')) {
            return "";
        }
        return Utf8.decode(PercentCodes.decode(part.getBytes(StandardCharsets.US_ASCII))).orElse("");
    }
}
