package dev.tinysse.luahooks.http;

import dev.tinysse.luahooks.url.Url;
import dev.tinysse.luahooks.url.UrlException;
import dev.tinysse.luahooks.url.UrlParser;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/** Addresses of requests. */
final class Addresses {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String PLAIN = "-_.~!$&'()*+,;=:@/?";

    private Addresses() {}

    static Url withoutCredentials(Url url) {
        return new Url(url.scheme(), "", Optional.empty(), url.host(), url.port(), url.path(), url.query(),
                url.fragment());
    }

    /**
     * The address as the client of the JDK wants it, without what is not sent. It is stricter than browsers: what it
     * does not take becomes a percent code.
     */
    static URI toUri(Url url) {
        Url sent = new Url(url.scheme(), "", Optional.empty(), url.host(), url.port(), strict(url.path()),
                url.query().map(Addresses::strict), Optional.empty());
        return URI.create(sent.toString());
    }

    /**
     * The same with the number of the host in place of its name, for names that the platform's addresses do not know as such:
     * those with an underscore.
     */
    static Url resolved(Url url) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(url.host().orElse(""));
        String number = address.getHostAddress();
        return new Url(url.scheme(), url.username(), url.password(),
                Optional.of(address instanceof Inet6Address ? "[" + number + "]" : number), url.port(), url.path(),
                url.query(),
                url.fragment());
    }

    private static String strict(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == '%' ? isCode(text, i) : Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
            out.append(plain ? String.valueOf(c) : "%" + HEX.toHexDigits((byte) c));
        }
        return out.toString();
    }

    private static boolean isCode(String text, int percent) {
        return percent + 2 < text.length() && HexFormat.isHexDigit(text.charAt(percent + 1))
                && HexFormat.isHexDigit(text.charAt(percent + 2));
    }

    /**
     * Where {@code location} leads from {@code base}: it may be a whole address, or leave out what is the same.
     *
     * @return absent if it is no address
     */
    static Optional<Url> resolve(Url base, String location) {
        try {
            return Optional.of(
                    UrlParser.parse(
                            location.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") ? location : absolute(base, location)));
        } catch (UrlException _) {
            return Optional.empty();
        }
    }

    private static String absolute(Url base, String location) {
        Url root = withoutCredentials(base);
        if (location.startsWith("//")) {
            return base.scheme() + ":" + location;
        }
        String origin = new Url(root.scheme(), "", Optional.empty(), root.host(), root.port(), "", Optional.empty(),
                Optional.empty()).toString();
        if (location.startsWith("/")) {
            return origin + location;
        }
        String path = root.path();
        return origin + switch (location.isEmpty() ? '#' : location.charAt(0)) {
            case '#' -> path + root.query().map(query -> "?" + query).orElse("") + location;
            case '?' -> path + location;
            default -> path.substring(0, path.lastIndexOf('/') + 1) + location;
        };
    }

    /** Whether two addresses are of one host and port. */
    static boolean sameHost(Url a, Url b) {
        return a.host().equals(b.host()) && port(a) == port(b);
    }

    private static int port(Url url) {
        OptionalInt port = url.port();
        return port.orElse(url.scheme().equals("https") ? 443 : 80);
    }
}
