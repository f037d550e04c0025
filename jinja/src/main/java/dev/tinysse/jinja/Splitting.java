package dev.tinysse.jinja;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts into parts. */
final class Splitting {

    private Splitting() {}

    /** The parts between separators, at most so many. An empty separator is before and behind every character. */
    static List<String> at(String separator, String text, long maxParts) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int found = text.indexOf(separator);
        while (found >= 0 && parts.size() + 1 < maxParts) {
            parts.add(text.substring(start, found));
            start = found + separator.length();
            int from = separator.isEmpty() ? next(text, start) : start;
            found = from < 0 ? -1 : text.indexOf(separator, from);
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static int next(String text, int at) {
        return at < text.length() ? text.offsetByCodePoints(at, 1) : -1;
    }

    /** The parts between whitespace, at most so many; the last one is all that is left. */
    static List<String> atWhite(String text, long maxParts) {
        List<String> parts = new ArrayList<>();
        int at = skipWhite(text, 0);
        while (at < text.length()) {
            if (parts.size() + 1 >= maxParts) {
                parts.add(text.substring(at));
                return parts;
            }
            int end = at;
            while (end < text.length() && !Chars.isWhite(text.charAt(end))) {
                end++;
            }
            parts.add(text.substring(at, end));
            at = skipWhite(text, end);
        }
        return parts;
    }

    private static int skipWhite(String text, int start) {
        int at = start;
        while (at < text.length() && Chars.isWhite(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
