package dev.tinysse.luahooks.packages.json;

import dev.tinysse.lua.value.LuaException;
import org.luaj.vm2.LuaString;

/** A text that is read byte by byte and knows where it is when something is wrong. */
final class JsonInput {

    /** The value of {@link #peek} behind the last byte. */
    static final int END = -1;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    JsonInput(LuaString text) {
        this.bytes = text.m_bytes;
        this.start = text.m_offset;
        this.at = start;
        this.end = start + text.m_length;
    }

    /** The next byte, which stays the next; {@link #END} if there is none. */
    int peek() {
        return at < end ? bytes[at] & 0xff : END;
    }

    /** Takes the next byte, if there is one. */
    int next() {
        return at < end ? bytes[at++] & 0xff : END;
    }

    /** Takes the next byte if it is {@code expected}. */
    boolean take(int expected) {
        boolean there = peek() == expected;
        if (there) {
            at++;
        }
        return there;
    }

    /** The next byte behind whitespace, which is taken. */
    int peekBehindSpace() {
        while (true) {
            int b = peek();
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
    }

    /** Where the next byte is. */
    int position() {
        return at;
    }

    /** Goes on at a position, at most behind the last byte. */
    void position(int position) {
        at = Math.min(position, end);
    }

    /** The array that positions count in. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes are left. */
    int remaining() {
        return end - at;
    }

    /** An error at the byte that was taken last, to be thrown; at the end of the text if all was taken. */
    LuaException errorHere(String message) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < at; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new LuaException(
                "deserialize error: " + message + " at line " + line + " column " + (at - lineStart), null);
    }

    /** An error at the next byte, to be thrown. */
    LuaException errorAtNext(String message) {
        next();
        return errorHere(message);
    }
}
