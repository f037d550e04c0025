package dev.tinysse.server.proxies;

import dev.tinysse.api.internal.Tokens;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of a header {@code Forwarded} (<a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239 section 4</a>), read
 * from the right: what a client has put in front can so not hide what proxies have added. For one thread.
 */
final class ForwardedElements {
    private final String header;
    private int end;

    ForwardedElements(String header) {
        this.header = header;
        this.end = header.length();
    }

    /** Whether there are elements to the left. */
    boolean hasNext() {
        return end >= 0;
    }

    /** The parameters of the next element to the left, with their names in lower case; empty if it is malformed. */
    Optional<Map<String, String>> next() {
        int comma = lastComma();
        String element = header.substring(comma + 1, end).strip();
        end = comma;
        return parameters(element);
    }

    private int lastComma() {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = header.charAt(i);
            if (c == '"' && !(quoted && isEscaped(i))) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private boolean isEscaped(int at) {
        int slashes = 0;
        while (slashes < at && header.charAt(at - 1 - slashes) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    private static Optional<Map<String, String>> parameters(String element) {
        Map<String, String> parameters = new HashMap<>();
        int at = 0;
        while (at < element.length()) {
            int equals = element.indexOf('=', at);
            if (equals < 0 || !Tokens.isToken(element.substring(at, equals))) {
                return Optional.empty();
            }
            StringBuilder value = new StringBuilder();
            int after = value(element, equals + 1, value);
            String name = element.substring(at, equals).toLowerCase(Locale.ROOT);
            if (after < 0 || parameters.put(name, value.toString()) != null) {
                return Optional.empty();
            }
            at = after;
        }
        return Optional.of(parameters);
    }

    /** Reads a token or a quoted string, and the semicolon behind it. Where to go on; below 0 if it is neither. */
    private static int value(String element, int from, StringBuilder value) {
        boolean quoted = from < element.length() && element.charAt(from) == '"';
        int at = quoted ? from + 1 : from;
        while (at < element.length() && element.charAt(at) != (quoted ? '"' : ';')) {
            if (quoted && element.charAt(at) == '\\') {
                at++;
            }
            if (at == element.length()) {
                return -1;
            }
            value.append(element.charAt(at++));
        }
        if (quoted && at++ == element.length()) {
            return -1;
        }
        if (at < element.length() && element.charAt(at) != ';') {
            return -1;
        }
        return at + 1;
    }
}
