package dev.tinysse.server.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads names of hosts as they are in {@code Host} headers, without ports. */
final class HostNames {
    private HostNames() {}

    /** One or more names with commas between them, in lower case. */
    static Optional<List<String>> parse(String text) {
        List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip)
                .map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return names.stream().allMatch(HostNames::isName) ? Optional.of(names) : Optional.empty();
    }

    private static boolean isName(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String inner = bracketed ? name.substring(1, name.length() - 1) : name;
        return !inner.isEmpty() && inner.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
                || c == '.' || (bracketed ? c == ':' : c == '_'));
    }
}
