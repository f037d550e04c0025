package dev.tinysse.server.settings;

import dev.tinysse.server.sockets.Authority;
import java.util.List;
import java.util.Optional;

/** Reads names of hosts as they are in {@code Host} headers, with or without a port. */
final class HostNames {
    private HostNames() {}

    /** One or more names with commas between them. */
    static Optional<List<Authority>> parse(String text) {
        return Format.items(text, name -> Authority.parse(name).filter(HostNames::isHost));
    }

    private static boolean isHost(Authority host) {
        String name = host.name();
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String inner = bracketed ? name.substring(1, name.length() - 1) : name;
        return !inner.isEmpty() && inner.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
                || c == '.' || (bracketed ? c == ':' : c == '_'));
    }
}
