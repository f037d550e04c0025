package dev.tinysse.luahooks.url;

import java.io.ByteArrayOutputStream;
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
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int code = bytes[i] == '%' && i + 2 < bytes.length ? code(bytes[i + 1], bytes[i + 2]) : -1;
            out.write(code < 0 ? bytes[i] : code);
            i += code < 0 ? 0 : 2;
        }
        return out.toByteArray();
    }

    private static int code(byte high, byte low) {
        int h = HexFormat.isHexDigit(high) ? HexFormat.fromHexDigit(high) : -1;
        int l = HexFormat.isHexDigit(low) ? HexFormat.fromHexDigit(low) : -1;
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }
}
