package dev.tinysse.luahooks.packages;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.luaj.vm2.LuaString;

import dev.tinysse.lua.value.Strings;

/** Strict reading of UTF-8. */
public final class Utf8 {

    private static final int BLOCK = 1024;

    private Utf8() {}

    /** The text of {@code bytes}, empty if they are not UTF-8. */
    public static Optional<String> decode(LuaString bytes) {
        String text = Strings.text(bytes);
        // what is no UTF-8 has become U+FFFD; only a text with one of those needs a second look
        return text.indexOf('\uFFFD') < 0 || problem(bytes).isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** What is wrong with bytes that are not UTF-8 and where, counted from 0; empty if they are. */
    public static String problem(LuaString bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes.m_bytes, bytes.m_offset, bytes.m_length);
        var out = CharBuffer.allocate(BLOCK);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), false);
        }
        int index = in.position() - bytes.m_offset;
        if (result.isError()) {
            return "invalid utf-8 sequence of " + result.length() + " bytes from index " + index;
        }
        return in.hasRemaining() ? "incomplete utf-8 byte sequence from index " + index : "";
    }
}
