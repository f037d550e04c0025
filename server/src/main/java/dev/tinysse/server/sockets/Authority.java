package dev.tinysse.server.sockets;

import dev.tinysse.api.internal.Digits;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The name of a server and its port, as requests have them in {@code Host} and {@code Origin} (RFC 3986 section 3.2).
 *
 * @param name in lower case, an IPv6 address in brackets
 * @param port 1 to 65535; empty if the text has none
 */
public record Authority(String name, OptionalInt port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code NAME} or {@code NAME:PORT}.
     *
     * @param text of any case
     * @return the parts; empty if the port is not a number from 1 to 65535. The name may be anything
     */
    public static Optional<Authority> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        if (colon <= lower.lastIndexOf(']')) {
            return Optional.of(new Authority(lower, OptionalInt.empty()));
        }
        return Digits.parse(lower.substring(colon + 1)).filter(port -> port > 0 && port <= MAX_PORT)
                .map(port -> new Authority(lower.substring(0, colon), OptionalInt.of(port.intValue())));
    }
}
