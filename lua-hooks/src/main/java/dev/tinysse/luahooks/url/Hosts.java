package dev.tinysse.luahooks.url;

import java.nio.charset.StandardCharsets;

/** Names and addresses of hosts (URL Standard, section 3.5). */
final class Hosts {

    private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";
    private static final String FORBIDDEN_IN_DOMAIN = FORBIDDEN + "%\u007f";

    private Hosts() {}

    /**
     * The normal form of a host.
     *
     * @param host    as it is written, not empty
     * @param special whether it is a domain or an IP address, and not a text of a scheme of its own
     * @throws UrlException if there is no such host
     */
    static String parse(String host, boolean special) {
        if (host.startsWith("[")) {
            if (!host.endsWith("]")) {
                throw new UrlException("invalid IPv6 address");
            }
            return "[" + Ipv6.normalized(host.substring(1, host.length() - 1)) + "]";
        }
        return special ? domain(host) : opaque(host);
    }

    private static String opaque(String host) {
        if (host.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
            throw new UrlException("invalid domain character");
        }
        return Percent.CONTROL.encode(host);
    }

    private static String domain(String host) {
        String domain = Idna.toAscii(new String(Percent.decode(host), StandardCharsets.UTF_8));
        if (domain.isEmpty()) {
            throw new UrlException("empty host");
        }
        if (domain.chars().anyMatch(c -> c < ' ' || FORBIDDEN_IN_DOMAIN.indexOf(c) >= 0)) {
            throw new UrlException("invalid international domain name");
        }
        return Ipv4.endsInNumber(domain) ? Ipv4.normalized(domain) : domain;
    }
}
