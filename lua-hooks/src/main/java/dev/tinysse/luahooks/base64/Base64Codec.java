package dev.tinysse.luahooks.base64;

import java.util.Arrays;
import java.util.Base64;

/** One alphabet of Base64. Safe for any thread. */
public enum Base64Codec {

    /** The alphabet with {@code +} and {@code /} (RFC 4648, section 4). */
    STANDARD(Base64.getEncoder(), Base64.getDecoder(), "+/"),

    /** The alphabet with {@code -} and {@code _}, for addresses and file names (RFC 4648, section 5). */
    URL_SAFE(Base64.getUrlEncoder(), Base64.getUrlDecoder(), "-_");

    private static final int QUAD = 4;
    private static final byte PADDING = '=';
    private static final byte NO_SYMBOL = -1;
    private static final int ASCII = 128;

    private final Base64.Encoder encoder;
    private final Base64.Decoder decoder;
    private final byte[] values = new byte[ASCII];

    Base64Codec(Base64.Encoder encoder, Base64.Decoder decoder, String lastTwo) {
        this.encoder = encoder;
        this.decoder = decoder;
        String symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + lastTwo;
        Arrays.fill(values, NO_SYMBOL);
        for (int i = 0; i < symbols.length(); i++) {
            values[symbols.charAt(i)] = (byte) i;
        }
    }

    /** How many bytes {@link #encode} gives for {@code length} bytes. */
    public static long encodedLength(int length) {
        return (length + 2L) / 3 * QUAD;
    }

    /** {@code bytes} with padding and without line breaks. */
    public byte[] encode(byte[] bytes) {
        return encoder.encode(bytes);
    }

    /**
     * The bytes that {@code text} stands for. There is one text for every sequence of bytes, the one that {@link #encode}
     * makes; the JDK's decoder would do without padding and ignore bits that are left over.
     *
     * @throws IllegalArgumentException for any other text; the message tells what is wrong and where
     */
    public byte[] decode(byte[] text) {
        int lastQuad = text.length == 0 ? 0 : (text.length - 1) / QUAD * QUAD;
        if (text.length % QUAD == 1 && text[text.length - 1] != PADDING) {
            requireSymbol(text, text.length - 1);
        }
        for (int i = 0; i < lastQuad; i++) {
            requireSymbol(text, i);
        }
        checkEnd(text, lastQuad);
        return decoder.decode(text);
    }

    private void checkEnd(byte[] text, int from) {
        int symbols = 0;
        for (int i = from; i < text.length; i++) {
            if (text[i] == PADDING) {
                checkPadding(text, from, i);
                break;
            }
            requireSymbol(text, i);
            symbols++;
        }
        if (symbols < 2 && text.length > 0) {
            throw new IllegalArgumentException("Invalid input length: " + (from + symbols));
        }
        if (text.length % QUAD != 0) {
            throw new IllegalArgumentException("Invalid padding");
        }
        int unused = symbols == 2 ? 0b1111 : symbols == 3 ? 0b11 : 0;
        if (symbols > 0 && (values[text[from + symbols - 1]] & unused) != 0) {
            throw new IllegalArgumentException("Invalid last symbol " + text[from + symbols - 1] + ", offset "
                    + (from + symbols - 1) + ".");
        }
    }

    /** Padding begins behind two symbols at the earliest, and nothing follows it. */
    private static void checkPadding(byte[] text, int from, int first) {
        for (int i = first; i < text.length; i++) {
            if (i - from < 2 || text[i] != PADDING) {
                throw invalidSymbol(text, first);
            }
        }
    }

    private void requireSymbol(byte[] text, int at) {
        if (text[at] < 0 || values[text[at]] == NO_SYMBOL) {
            throw invalidSymbol(text, at);
        }
    }

    private static IllegalArgumentException invalidSymbol(byte[] text, int at) {
        return new IllegalArgumentException("Invalid symbol " + (text[at] & 0xff) + ", offset " + at + ".");
    }
}
