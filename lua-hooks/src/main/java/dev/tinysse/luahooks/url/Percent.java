package dev.tinysse.luahooks.url;

import dev.tinysse.api.internal.PercentCodes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent codes (URL Standard, section 1.3): which characters need them depends on the part of the address. */
enum Percent {
    CONTROL(""), FRAGMENT(" \"<>`"), QUERY(" \"#<>"), SPECIAL_QUERY(" \"#<>'"), PATH(" \"<>`#?{}"), USER_INFO(
            " \"<>`#?{}/:;=@[\\]^|");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String escaped;

    Percent(String escaped) {
        this.escaped = escaped;
    }

    /** Writes control characters, the characters of this set and all outside of ASCII as percent codes. */
    String encode(String text) {
        var out = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b <= 0x1f || b == 0x7f || escaped.indexOf(b) >= 0) {
                out.append('%').append(HEX.toHexDigits(b));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    /** The bytes of a text with its percent codes replaced; what is no percent code stays. */
    static byte[] decode(String text) {
        return PercentCodes.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
