package dev.tinysse.luahooks.url;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes one address apart (URL Standard, section 4.4, without a base). */
public final class UrlParser {

    private static final int MAX_PORT = 65_535;

    private final String text;

    private UrlParser(String text) {
        this.text = withoutBreaks(trimmed(text));
    }

    /**
     * Takes an address apart as browsers do: whitespace around it is ignored, backslashes are slashes, dots in the
     * path are resolved.
     *
     * @throws UrlException if it is not a whole address
     */
    public static Url parse(String text) {
        return new UrlParser(text).parse();
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    /** Tabs and line breaks mean nothing anywhere in an address. */
    static String withoutBreaks(String text) {
        return text.replaceAll("[\t\n\r]", "");
    }

    private Url parse() {
        int colon = text.indexOf(':');
        if (colon < 0 || !Schemes.isValid(text.substring(0, colon))) {
            throw new UrlException("relative URL without a base");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean special = Schemes.isSpecial(scheme);
        String rest = text.substring(colon + 1);
        int hash = rest.indexOf('#');
        Optional<String> fragment = behind(rest, hash).map(Percent.FRAGMENT::encode);
        rest = before(rest, hash);
        int mark = rest.indexOf('?');
        Optional<String> query = behind(rest, mark)
                .map(special ? Percent.SPECIAL_QUERY::encode : Percent.QUERY::encode);
        rest = before(rest, mark);
        return located(scheme, special ? rest.replace('\\', '/') : rest, query, fragment);
    }

    private static Optional<String> behind(String text, int at) {
        return at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
    }

    private static String before(String text, int at) {
        return at < 0 ? text : text.substring(0, at);
    }

    private static Url located(String scheme, String rest, Optional<String> query, Optional<String> fragment) {
        if (scheme.equals(Schemes.FILE)) {
            return file(rest, query, fragment);
        }
        if (Schemes.isSpecial(scheme)) {
            return withAuthority(scheme, rest.replaceFirst("^/*", ""), query, fragment);
        }
        if (rest.startsWith("//")) {
            return withAuthority(scheme, rest.substring(2), query, fragment);
        }
        String path = rest.startsWith("/") ? Paths.normalized(rest, false) : Percent.CONTROL.encode(rest);
        return new Url(scheme, "", Optional.empty(), Optional.empty(), OptionalInt.empty(), path, query, fragment);
    }

    private static Url file(String rest, Optional<String> query, Optional<String> fragment) {
        String host = "";
        String path = rest;
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            host = rest.substring(2, slash < 0 ? rest.length() : slash);
            path = slash < 0 ? "" : rest.substring(slash);
        }
        String name = host.isEmpty() ? "" : Hosts.parse(host, true);
        return new Url(Schemes.FILE, "", Optional.empty(), Optional.of(name.equals("localhost") ? "" : name),
                OptionalInt.empty(), Paths.normalized(path, true), query, fragment);
    }

    private static Url withAuthority(String scheme, String rest, Optional<String> query, Optional<String> fragment) {
        boolean special = Schemes.isSpecial(scheme);
        int slash = rest.indexOf('/');
        String authority = before(rest, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        int at = authority.lastIndexOf('@');
        String credentials = before(authority, at);
        String place = authority.substring(at + 1);
        int colon = place.indexOf(':', place.lastIndexOf(']') + 1);
        String host = before(place, colon);
        if (host.isEmpty() && (special || at >= 0 || colon >= 0)) {
            throw new UrlException("empty host");
        }
        String name = host.isEmpty() ? "" : Hosts.parse(host, special);
        OptionalInt port = behind(place, colon).map(UrlParser::port).orElse(OptionalInt.empty());
        int split = at < 0 ? -1 : credentials.indexOf(':');
        String user = at < 0 ? "" : before(credentials, split);
        return new Url(scheme, Percent.USER_INFO.encode(user),
                behind(credentials, split).filter(secret -> !secret.isEmpty()).map(Percent.USER_INFO::encode),
                Optional.of(name), Schemes.isDefaultPort(scheme, port) ? OptionalInt.empty() : port,
                path.isEmpty() && !special ? "" : Paths.normalized(path, special), query, fragment);
    }

    private static OptionalInt port(String digits) {
        if (digits.isEmpty()) {
            return OptionalInt.empty();
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (!significant.matches("[0-9]{1,5}") || Integer.parseInt(significant) > MAX_PORT) {
            throw new UrlException("invalid port number");
        }
        return OptionalInt.of(Integer.parseInt(significant));
    }
}
