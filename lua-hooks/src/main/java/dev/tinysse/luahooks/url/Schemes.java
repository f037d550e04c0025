package dev.tinysse.luahooks.url;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The known schemes. */
final class Schemes {

    static final String FILE = "file";

    private static final Pattern SYNTAX = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "ws", 80, "wss", 443, "ftp",
            21);

    private Schemes() {}

    static boolean isValid(String scheme) {
        return SYNTAX.matcher(scheme).matches();
    }

    /** Whether addresses of this scheme have a host and paths of segments. */
    static boolean isSpecial(String scheme) {
        return PORTS.containsKey(scheme) || scheme.equals(FILE);
    }

    /** Whether an address can be built with this scheme: special, and on a network. */
    static boolean isNetwork(String scheme) {
        return PORTS.containsKey(scheme);
    }

    static boolean isDefaultPort(String scheme, OptionalInt port) {
        return port.isPresent() && Integer.valueOf(port.getAsInt()).equals(PORTS.get(scheme));
    }
}
