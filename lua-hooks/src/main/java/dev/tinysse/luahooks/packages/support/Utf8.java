package dev.tinysse.luahooks.packages.support;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;

/** Strict checking of UTF-8. */
public final class Utf8 {

    private static final int BLOCK = 1024;

    private Utf8() {}

    /** The first error in {@code bytes} as UTF-8, and its place, counted from 0; empty if there is none. */
    public static String diagnostic(LuaString bytes) {
        return isAscii(bytes) ? "" : diagnosticBeyondAscii(bytes);
    }

    private static boolean isAscii(LuaString bytes) {
        int end = bytes.m_offset + bytes.m_length;
        for (int i = bytes.m_offset; i < end; i++) {
            if (bytes.m_bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static String diagnosticBeyondAscii(LuaString bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes.m_bytes, bytes.m_offset, bytes.m_length);
        var out = CharBuffer.allocate(Math.clamp(bytes.m_length, 2, BLOCK));
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
