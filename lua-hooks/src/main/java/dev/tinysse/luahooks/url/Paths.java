package dev.tinysse.luahooks.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Paths of segments. */
final class Paths {

    private Paths() {}

    /** A path with its characters escaped and segments of dots resolved; it begins with a slash. */
    static String normalized(String path, boolean special) {
        String slashed = special ? path.replace('\\', '/') : path;
        String relative = slashed.startsWith("/") ? slashed.substring(1) : slashed;
        List<String> segments = new ArrayList<>();
        String[] parts = relative.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            String dots = parts[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (dots.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!dots.equals(".")) {
                segments.add(Percent.PATH.encode(parts[i]));
                continue;
            }
            if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }
}
