package dev.tinysse.luahooks.url;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * An address in its parts, each as it stands in the address: percent codes are not decoded.
 *
 * @param scheme   in lower case
 * @param username empty if there is none
 * @param password absent if there is none
 * @param host     in lower case and ASCII, an IPv6 address in brackets; empty in {@code file:///p}, absent in
 *                 {@code mailto:} and the like
 * @param port     absent if it is that of the scheme
 * @param path     begins with a slash unless there is no host
 * @param query    without the question mark
 * @param fragment without the hash
 */
public record Url(String scheme, String username, Optional<String> password, Optional<String> host, OptionalInt port,
        String path, Optional<String> query, Optional<String> fragment) {

    /** The name and the password, each without percent codes, with a colon between them; absent if there are neither. */
    public Optional<byte[]> userInfo() {
        if (username.isEmpty() && password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Percent.decode(username + ":" + password.orElse("")));
    }

    @Override
    public String toString() {
        var out = new StringBuilder(scheme).append(':');
        host.ifPresent(name -> {
            out.append("//").append(credentials()).append(name);
            port.ifPresent(number -> out.append(':').append(number));
        });
        if (host.isEmpty() && path.startsWith("//")) {
            out.append("/.");
        }
        out.append(path);
        query.ifPresent(text -> out.append('?').append(text));
        fragment.ifPresent(text -> out.append('#').append(text));
        return out.toString();
    }

    private String credentials() {
        String secret = password.filter(text -> !text.isEmpty()).map(text -> ":" + text).orElse("");
        return username.isEmpty() && secret.isEmpty() ? "" : username + secret + "@";
    }
}
