package dev.tinysse.server.settings;

import dev.tinysse.api.internal.Digits;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code HOST:PORT}, where the host is a name, an IPv4 address, or an IPv6 address in brackets, with or without
 * {@code tls:} in front, and {@code unix:FILE}.
 */
final class ListenAddresses {
    private static final int MAX_PORT = 65_535;
    private static final String TLS = "tls:";
    private static final String UNIX = "unix:";

    private ListenAddresses() {}

    /** One or more addresses with commas between them. */
    static Optional<List<ListenAddress>> parse(String text) {
        return text.indexOf(',') < 0
                ? parseOne(text).map(List::of)
                : Format.items(text, ListenAddresses::parseOne);
    }

    private static Optional<ListenAddress> parseOne(String text) {
        if (text.startsWith(UNIX)) {
            return Optional.of(text.substring(UNIX.length())).filter(FileValues::isName)
                    .map(path -> new ListenAddress.Unix(text, path));
        }
        boolean tls = text.startsWith(TLS);
        String address = tls ? text.substring(TLS.length()) : text;
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        Optional<String> host = host(address.substring(0, colon));
        return Digits.parse(address.substring(colon + 1)).filter(port -> port <= MAX_PORT)
                .flatMap(port -> host.map(name -> new ListenAddress.Tcp(text, tls, name, port.intValue())));
    }

    private static Optional<String> host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return literal(text.substring(1, text.length() - 1), Inet6Address::ofLiteral);
        }
        if (text.chars().allMatch(c -> Digits.isDigit((char) c) || c == '.')) {
            return literal(text, Inet4Address::ofLiteral).filter(ListenAddresses::hasFourParts);
        }
        return Optional.of(text).filter(name -> name.chars().allMatch(ListenAddresses::isInNames));
    }

    /** A numeric address; reading one asks no name server. */
    private static Optional<String> literal(String text, Consumer<String> reader) {
        try {
            reader.accept(text);
            return Optional.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The JDK takes shorter forms too, which mean another address than they seem to. */
    private static boolean hasFourParts(String address) {
        return address.chars().filter(c -> c == '.').count() == 3;
    }

    private static boolean isInNames(int c) {
        return Digits.isDigit((char) c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.';
    }
}
