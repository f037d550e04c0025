package dev.tinysse.lua.syntax;

import dev.tinysse.lua.value.Strings;
import java.io.ByteArrayOutputStream;
import java.util.function.BiFunction;
import org.luaj.vm2.LuaString;

/** Reads string literals: quoted ones with their escapes, and long brackets. */
final class LiteralReader {

    private final Cursor source;
    private final BiFunction<String, String, SyntaxError> errors;

    /** @param errors makes an error of its message and the text that it is near */
    LiteralReader(Cursor source, BiFunction<String, String, SyntaxError> errors) {
        this.source = source;
        this.errors = errors;
    }

    /** A literal between two {@code quote} bytes; the cursor stands on the first. */
    LuaString quoted(int quote) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        source.advance(1);
        while (true) {
            int c = source.peek(0);
            if (c == quote) {
                source.advance(1);
                return Strings.of(bytes.toByteArray());
            }
            if (c < 0) {
                throw errors.apply("unfinished string", "<eof>");
            }
            if (Cursor.isLineEnd(c)) {
                throw errors.apply("unfinished string", source.tokenText());
            }
            source.advance(1);
            if (c == '\\') {
                escape(bytes);
            } else {
                bytes.write(c);
            }
        }
    }

    private void escape(ByteArrayOutputStream bytes) {
        int c = source.peek(0);
        int simple = "abfnrtv\\\"'".indexOf(c);
        if (c >= 0 && simple >= 0) {
            source.advance(1);
            bytes.write("\u0007\b\f\n\r\t\u000b\\\"'".charAt(simple));
        } else if (Cursor.isLineEnd(c)) {
            source.skipLineEnd();
            bytes.write('\n');
        } else if (c == 'x') {
            source.advance(1);
            bytes.write(hexadecimalDigit() * 16 + hexadecimalDigit());
        } else if (c == 'z') {
            source.advance(1);
            skipSpace();
        } else if (c == 'u') {
            source.advance(1);
            utf8(bytes);
        } else if (c >= '0' && c <= '9') {
            bytes.write(decimal());
        } else {
            throw bad("invalid escape sequence");
        }
    }

    /** An error that shows what has been read and the byte that is wrong. */
    private SyntaxError bad(String message) {
        if (source.peek(0) >= 0) {
            source.advance(1);
        }
        return errors.apply(message, source.tokenText());
    }

    private int hexadecimalDigit() {
        int digit = source.peek(0) < 128 ? Character.digit(source.peek(0), 16) : -1;
        if (digit < 0) {
            throw bad("hexadecimal digit expected");
        }
        source.advance(1);
        return digit;
    }

    private void skipSpace() {
        while (true) {
            int c = source.peek(0);
            if (Cursor.isLineEnd(c)) {
                source.skipLineEnd();
            } else if (c == ' ' || c == '\t' || c == '\f' || c == 0x0b) {
                source.advance(1);
            } else {
                return;
            }
        }
    }

    private int decimal() {
        int value = 0;
        for (int i = 0; i < 3 && source.peek(0) >= '0' && source.peek(0) <= '9'; i++) {
            value = value * 10 + source.peek(0) - '0';
            source.advance(1);
        }
        if (value > 255) {
            throw bad("decimal escape too large");
        }
        return value;
    }

    private void utf8(ByteArrayOutputStream bytes) {
        if (source.peek(0) != '{') {
            throw bad("missing '{' in \\u{xxxx}");
        }
        source.advance(1);
        long code = hexadecimalDigit();
        while (source.peek(0) < 128 && Character.digit(source.peek(0), 16) >= 0) {
            code = code * 16 + Character.digit(source.peek(0), 16);
            if (code > 0x7fffffffL) {
                throw bad("UTF-8 value too large");
            }
            source.advance(1);
        }
        if (source.peek(0) != '}') {
            throw bad("missing '}' in \\u{xxxx}");
        }
        source.advance(1);
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

    /** The text between long brackets of {@code level} equals signs; the cursor stands on the first bracket. */
    LuaString longString(int level, boolean comment) {
        int startLine = source.line();
        source.advance(level + 2);
        if (Cursor.isLineEnd(source.peek(0))) {
            source.skipLineEnd();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!closes(level)) {
            int c = source.peek(0);
            if (c < 0) {
                String what = comment ? "comment" : "string";
                throw errors.apply("unfinished long " + what + " (starting at line " + startLine + ")", "<eof>");
            }
            if (Cursor.isLineEnd(c)) {
                source.skipLineEnd();
                bytes.write('\n');
            } else {
                source.advance(1);
                bytes.write(c);
            }
        }
        source.advance(level + 2);
        return Strings.of(bytes.toByteArray());
    }

    private boolean closes(int level) {
        if (source.peek(0) != ']' || source.peek(level + 1) != ']') {
            return false;
        }
        for (int i = 1; i <= level; i++) {
            if (source.peek(i) != '=') {
                return false;
            }
        }
        return true;
    }
}
