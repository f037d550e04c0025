package dev.tinysse.server.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as texts. Pure functions, which ask no name server. */
public final class IpAddresses {
    /** Two or more groups of an IPv6 address that are zero, with the colons around them. */
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");
    private static final Pattern FOUR_PARTS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private IpAddresses() {}

    /**
     * Reads a numeric address. An IPv4 address in the form of IPv6 is one of IPv4.
     *
     * @param text without brackets
     * @return the address; empty if the text is none, or has a zone
     */
    public static Optional<InetAddress> parse(String text) {
        boolean possible = text.indexOf(':') >= 0 ? text.indexOf('%') < 0 : FOUR_PARTS.matcher(text).matches();
        if (!possible || text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a numeric address.
     *
     * @param address of either family
     * @return the text; of IPv6 the form of RFC 5952 section 4, without its zone, and the longest run of zeros left out
     */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet4Address) {
            return text;
        }
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return ZEROS.matcher(plain).results().max(Comparator.comparingInt(run -> run.end() - run.start()))
                .map(run -> plain.substring(0, run.start()) + "::" + plain.substring(run.end())).orElse(plain);
    }
}
