package dev.tinysse.lua.value;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaString;

/** Between Java strings, bytes and the byte strings of Lua. */
public final class Strings {

    public static final LuaString EMPTY = of("");

    private Strings() {}

    /** The UTF-8 bytes of {@code text}. */
    public static LuaString of(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A string that takes over {@code bytes}; the caller must not change them any more. */
    public static LuaString of(byte[] bytes) {
        return LuaString.valueUsing(bytes);
    }

    /** A copy of a part of {@code bytes}. */
    public static LuaString copyOf(byte[] bytes, int from, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, from, copy, 0, length);
        return LuaString.valueUsing(copy);
    }

    /** The bytes of {@code string}, in an array that belongs to the caller. */
    public static byte[] bytes(LuaString string) {
        byte[] copy = new byte[string.m_length];
        System.arraycopy(string.m_bytes, string.m_offset, copy, 0, string.m_length);
        return copy;
    }

    /** {@code string} read as UTF-8; what is no UTF-8 becomes U+FFFD. */
    public static String text(LuaString string) {
        return new String(string.m_bytes, string.m_offset, string.m_length, StandardCharsets.UTF_8);
    }

    /** Byte order of unsigned bytes, as the C locale has it: below 0, 0 or above 0. */
    public static int compare(LuaString a, LuaString b) {
        return java.util.Arrays.compareUnsigned(a.m_bytes, a.m_offset, a.m_offset + a.m_length, b.m_bytes, b.m_offset,
                b.m_offset + b.m_length);
    }
}
