package dev.tinysse.luahooks.url;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Puts an address together. Each part is escaped as its place needs it; percent codes that are there stay. A part that
 * cannot be used is an error.
 */
public final class UrlBuilder {

    private static final int MAX_PORT = 65_535;

    private Optional<String> scheme = Optional.empty();
    private Optional<String> host = Optional.empty();
    private String username = "";
    private String password = "";
    private OptionalInt port = OptionalInt.empty();
    private String path = "/";
    private Optional<String> query = Optional.empty();
    private String args = "";
    private Optional<String> fragment = Optional.empty();

    /** The scheme, which is required: http, https, ws, wss or ftp, in any case of letters. */
    public UrlBuilder scheme(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!Schemes.isNetwork(lower)) {
            throw new UrlException("scheme is invalid: scheme=" + value);
        }
        scheme = Optional.of(lower);
        return this;
    }

    /** The host, which is required: a domain or an IP address, one of eight pieces in brackets. */
    public UrlBuilder host(String value) {
        try {
            if (value.isEmpty()) {
                throw new UrlException("empty host");
            }
            host = Optional.of(Hosts.parse(value, true));
            return this;
        } catch (UrlException e) {
            throw new UrlException("host is invalid: host=" + value + ": " + e.getMessage());
        }
    }

    /** The name of a user; default none. */
    public UrlBuilder username(String value) {
        username = Percent.USER_INFO.encode(value);
        return this;
    }

    /** The password of a user; default none. */
    public UrlBuilder password(String value) {
        password = Percent.USER_INFO.encode(value);
        return this;
    }

    /** The port, from 0 to 65535; default that of the scheme. */
    public UrlBuilder port(long value) {
        if (value < 0 || value > MAX_PORT) {
            throw new UrlException("port is invalid: port=" + value);
        }
        port = OptionalInt.of((int) value);
        return this;
    }

    /** The path, with or without a slash in front; default a slash. */
    public UrlBuilder path(String value) {
        path = Paths.normalized(UrlParser.withoutBreaks(value), true);
        return this;
    }

    /** The query; default none. */
    public UrlBuilder query(String value) {
        query = Optional.of(Percent.SPECIAL_QUERY.encode(UrlParser.withoutBreaks(value)));
        return this;
    }

    /** Names and values that are put behind the query; default none. */
    public UrlBuilder args(Map<String, List<String>> values) {
        args = FormPairs.encode(values);
        return this;
    }

    /** The fragment; default none. */
    public UrlBuilder fragment(String value) {
        fragment = Optional.of(Percent.FRAGMENT.encode(UrlParser.withoutBreaks(value)));
        return this;
    }

    /**
     * The address.
     *
     * @throws UrlException if there is no scheme or no host
     */
    public Url build() {
        String name = scheme.orElseThrow(() -> new UrlException("scheme is required"));
        if (host.isEmpty()) {
            throw new UrlException("host is required");
        }
        return new Url(name, username, Optional.of(password).filter(secret -> !secret.isEmpty()), host,
                Schemes.isDefaultPort(name, port) ? OptionalInt.empty() : port, path, queryWithArgs(), fragment);
    }

    private Optional<String> queryWithArgs() {
        if (args.isEmpty()) {
            return query;
        }
        return Optional.of(query.filter(text -> !text.isEmpty()).map(text -> text + "&" + args).orElse(args));
    }
}
