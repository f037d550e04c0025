package dev.tinysse.lua.syntax;

import java.io.ByteArrayOutputStream;

import org.luaj.vm2.LuaString;

import dev.tinysse.lua.value.Strings;

/** Reads string literals: quoted ones with their escapes, and long brackets. */
final class LiteralReader {

    private final Lexer lexer;

    LiteralReader(Lexer lexer) {
        this.lexer = lexer;
    }

    /** A literal between two {@code quote} bytes; the lexer stands on the first. */
    LuaString quoted(int quote) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        lexer.advance(1);
        while (true) {
            int c = lexer.peek(0);
            if (c == quote) {
                lexer.advance(1);
                return Strings.of(bytes.toByteArray());
            }
            if (c < 0) {
                throw lexer.errorNear("unfinished string", "<eof>");
            }
            if (Lexer.isLineEnd(c)) {
                throw lexer.errorNear("unfinished string", lexer.readText());
            }
            lexer.advance(1);
            if (c == '\\') {
                escape(bytes);
            } else {
                bytes.write(c);
            }
        }
    }

    private void escape(ByteArrayOutputStream bytes) {
        int c = lexer.peek(0);
        int simple = "abfnrtv\\\"'".indexOf(c);
        if (c >= 0 && simple >= 0) {
            lexer.advance(1);
            bytes.write("\u0007\b\f\n\r\t\u000b\\\"'".charAt(simple));
        } else if (Lexer.isLineEnd(c)) {
            lexer.skipLineEnd();
            bytes.write('\n');
        } else if (c == 'x') {
            lexer.advance(1);
            bytes.write(hexadecimalDigit() * 16 + hexadecimalDigit());
        } else if (c == 'z') {
            lexer.advance(1);
            skipSpace();
        } else if (c == 'u') {
            lexer.advance(1);
            utf8(bytes);
        } else if (c >= '0' && c <= '9') {
            bytes.write(decimal());
        } else {
            throw bad("invalid escape sequence");
        }
    }

    /** An error that shows what has been read and the byte that is wrong. */
    private SyntaxError bad(String message) {
        if (lexer.peek(0) >= 0) {
            lexer.advance(1);
        }
        return lexer.errorNear(message, lexer.readText());
    }

    private int hexadecimalDigit() {
        int digit = lexer.peek(0) < 128 ? Character.digit(lexer.peek(0), 16) : -1;
        if (digit < 0) {
            throw bad("hexadecimal digit expected");
        }
        lexer.advance(1);
        return digit;
    }

    private void skipSpace() {
        while (true) {
            int c = lexer.peek(0);
            if (Lexer.isLineEnd(c)) {
                lexer.skipLineEnd();
            } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0b) {
                lexer.advance(1);
            } else {
                return;
            }
        }
    }

    private int decimal() {
        int value = 0;
        for (int i = 0; i < 3 && lexer.peek(0) >= '0' && lexer.peek(0) <= '9'; i++) {
            value = value * 10 + lexer.peek(0) - '0';
            lexer.advance(1);
        }
        if (value > 255) {
            throw bad("decimal escape too large");
        }
        return value;
    }

    private void utf8(ByteArrayOutputStream bytes) {
        if (lexer.peek(0) != '{') {
            throw bad("missing '{' in \\u{xxxx}");
        }
        lexer.advance(1);
        long code = hexadecimalDigit();
        while (lexer.peek(0) < 128 && Character.digit(lexer.peek(0), 16) >= 0) {
            code = code * 16 + Character.digit(lexer.peek(0), 16);
            if (code > 0x7fffffffL) {
                throw bad("UTF-8 value too large");
            }
            lexer.advance(1);
        }
        if (lexer.peek(0) != '}') {
            throw bad("missing '}' in \\u{xxxx}");
        }
        lexer.advance(1);
        encode(code, bytes);
    }

    /** UTF-8 as first specified, up to 31 bits and six bytes. */
    private static void encode(long code, ByteArrayOutputStream bytes) {
        if (code < 0x80) {
            bytes.write((int) code);
            return;
        }
        int following = code < 0x800 ? 1 : code < 0x10000 ? 2 : code < 0x200000 ? 3 : code < 0x4000000 ? 4 : 5;
        bytes.write((int) (0xff << 7 - following | code >> 6 * following));
        for (int i = following - 1; i >= 0; i--) {
            bytes.write((int) (0x80 | code >> 6 * i & 0x3f));
        }
    }

    /** What stands between long brackets of {@code level} equals signs; the lexer stands on the first bracket. */
    LuaString longString(int level, boolean comment) {
        int startLine = lexer.line();
        lexer.advance(level + 2);
        if (Lexer.isLineEnd(lexer.peek(0))) {
            lexer.skipLineEnd();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!closes(level)) {
            int c = lexer.peek(0);
            if (c < 0) {
                String what = comment ? "comment" : "string";
                throw lexer.errorNear("unfinished long " + what + " (starting at line " + startLine + ")", "<eof>");
            }
            if (Lexer.isLineEnd(c)) {
                lexer.skipLineEnd();
                bytes.write('\n');
            } else {
                lexer.advance(1);
                bytes.write(c);
            }
        }
        lexer.advance(level + 2);
        return Strings.of(bytes.toByteArray());
    }

    private boolean closes(int level) {
        if (lexer.peek(0) != ']' || lexer.peek(level + 1) != ']') {
            return false;
        }
        for (int i = 1; i <= level; i++) {
            if (lexer.peek(i) != '=') {
                return false;
            }
        }
        return true;
    }
}
