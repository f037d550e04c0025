package dev.tinysse.server.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/** Reads UTF-8 strictly: what is not UTF-8 is nothing, and never U+FFFD. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Sooner than a decoder that stops at errors: only text with U+FFFD may have had one. */
    public static Optional<String> decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? Optional.of(text) : decode(ByteBuffer.wrap(bytes));
    }

    public static Optional<String> decode(ByteBuffer bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A text of which each character stands for a byte. */
    public static Optional<String> decode(String bytes) {
        return decode(bytes.getBytes(ISO_8859_1));
    }
}
