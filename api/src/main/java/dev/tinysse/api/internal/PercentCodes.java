package dev.tinysse.api.internal;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Percent codes and what forms add to them (<a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL Standard,
 * section 1.3</a> and 5.1). A percent sign that begins no code stands for itself. Safe for any thread.
 */
public final class PercentCodes {
    private PercentCodes() {}

    /**
     * The bytes that a text with percent codes stands for.
     *
     * @param bytes the text, not null; not changed
     * @return new bytes
     */
    public static byte[] decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length, false);
    }

    /**
     * Whether every percent sign of a text begins a code.
     *
     * @param text not null
     * @return whether none stands for itself
     */
    public static boolean areWellFormed(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length() || !HexFormat.isHexDigit(text.charAt(i + 1))
                    || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The bytes that a name or a value of a form stands for, where a plus sign is a space.
     *
     * @param form not null; not changed
     * @param from where the name or value begins
     * @param end where it ends
     * @return new bytes
     */
    public static byte[] decodeForm(byte[] form, int from, int end) {
        return decode(form, from, end, true);
    }

    private static byte[] decode(byte[] bytes, int from, int end, boolean form) {
        byte[] decoded = new byte[end - from];
        int length = 0;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            int code = b == '%' && i + 2 < end ? code(bytes[i + 1], bytes[i + 2]) : -1;
            if (code >= 0) {
                decoded[length++] = (byte) code;
                i += 2;
            } else {
                decoded[length++] = form && b == '+' ? (byte) ' ' : b;
            }
        }
        return length == decoded.length ? decoded : Arrays.copyOf(decoded, length);
    }

    private static int code(byte high, byte low) {
        return HexFormat.isHexDigit(high) && HexFormat.isHexDigit(low)
                ? HexFormat.fromHexDigit(high) * 16 + HexFormat.fromHexDigit(low)
                : -1;
    }
}
