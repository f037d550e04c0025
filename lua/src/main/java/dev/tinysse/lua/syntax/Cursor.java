package dev.tinysse.lua.syntax;

import dev.tinysse.lua.operation.Coercion;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaValue;

/** The place where a source is being read, with its line and column. */
final class Cursor {

    /** The first bits of bytes in the midst of a character of UTF-8. */
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATION_MASK = 0xc0;

    private final byte[] source;
    private int at;
    private int line = 1;
    private int tokenStart;

    /** How far the columns have been counted, so that those of all tokens cost one pass, and the column there. */
    private int counted;
    private int column = 1;

    Cursor(byte[] source) {
        this.source = source;
    }

    /** The byte at a distance from here, below 0 behind the end. */
    int peek(int distance) {
        int i = at + distance;
        return i < source.length ? source[i] & 0xff : -1;
    }

    void advance(int bytes) {
        at += bytes;
    }

    /** Skips a line end of one or two bytes. */
    void skipLineEnd() {
        int first = peek(0);
        at++;
        int second = peek(0);
        if ((second == '\n' || second == '\r') && second != first) {
            at++;
        }
        line++;
    }

    static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r';
    }

    /** The line of this place, from 1. */
    int line() {
        return line;
    }

    /** Notes that a token starts here. */
    void startToken() {
        tokenStart = at;
    }

    /** The characters of the token read so far, one char a byte. */
    String tokenText() {
        return new String(source, tokenStart, Math.min(at, source.length) - tokenStart, StandardCharsets.ISO_8859_1);
    }

    /** The number that has been read as the token, null if it is none. */
    LuaValue tokenNumber() {
        return Coercion.numeral(source, tokenStart, at);
    }

    /** The column of the token that was read last, in characters from 1. */
    int column() {
        for (int end = Math.min(tokenStart, source.length); counted < end; counted++) {
            if (source[counted] == '\n') {
                column = 1;
            } else if ((source[counted] & CONTINUATION_MASK) != CONTINUATION) {
                column++;
            }
        }
        return column;
    }
}
