package dev.tinysse.luahooks.packages.json;

import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import org.luaj.vm2.LuaString;

/** Reads the strings of a JSON text. */
final class JsonStrings {

    private static final int HEX_DIGITS = 4;
    private static final int STRING_BYTES = 40;

    private final LuaRuntime runtime;
    private final JsonInput in;

    JsonStrings(LuaRuntime runtime, JsonInput in) {
        this.runtime = runtime;
        this.in = in;
    }

    /** The string whose opening quote is next. */
    LuaString read() {
        in.next();
        int from = in.position();
        int stop = skipPlain();
        if (stop == '"') {
            int length = in.position() - from;
            in.next();
            runtime.charge(STRING_BYTES + length);
            return Strings.copyOf(in.bytes(), from, length);
        }
        return readEscaped(from);
    }

    private LuaString readEscaped(int from) {
        var content = new ByteBuilder(STRING_BYTES, runtime::charge);
        int start = from;
        while (true) {
            int stop = skipPlain();
            content.append(in.bytes(), start, in.position() - start);
            switch (stop) {
                case '"' -> {
                    in.next();
                    runtime.charge(content.length());
                    return Strings.of(content.toBytes());
                }
                case '\\' -> {
                    in.next();
                    escape(content);
                }
                case JsonInput.END -> throw end();
                default -> throw in.errorAtNext("control character (\\u0000-\\u001F) found while parsing a string");
            }
            start = in.position();
        }
    }

    /** Takes what stands for itself and gives the byte behind it. */
    private int skipPlain() {
        while (true) {
            int b = in.peek();
            if (b < ' ' || b == '"' || b == '\\') {
                return b;
            }
            in.next();
        }
    }

    private void escape(ByteBuilder content) {
        switch (in.next()) {
            case '"' -> content.append('"');
            case '\\' -> content.append('\\');
            case '/' -> content.append('/');
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'n' -> content.append('\n');
            case 'r' -> content.append('\r');
            case 't' -> content.append('\t');
            case 'u' -> content.append(Strings.bytes(Strings.of(Character.toString(codePoint()))));
            case JsonInput.END -> throw end();
            default -> throw in.errorHere("invalid escape");
        }
    }

    /** The character of one escape, or of two that are a surrogate pair. */
    private int codePoint() {
        char first = hex();
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isLowSurrogate(first)) {
            throw in.errorHere("lone leading surrogate in hex escape");
        }
        expect('\\');
        expect('u');
        char second = hex();
        if (!Character.isLowSurrogate(second)) {
            throw in.errorHere("lone leading surrogate in hex escape");
        }
        return Character.toCodePoint(first, second);
    }

    private void expect(char expected) {
        int b = in.next();
        if (b != expected) {
            throw b == JsonInput.END ? end() : in.errorHere("unexpected end of hex escape");
        }
    }

    private char hex() {
        if (in.remaining() < HEX_DIGITS) {
            in.position(in.position() + HEX_DIGITS);
            throw end();
        }
        int value = 0;
        boolean valid = true;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(in.next(), 16);
            valid &= digit >= 0;
            value = value << 4 | digit;
        }
        if (!valid) {
            throw in.errorHere("invalid escape");
        }
        return (char) value;
    }

    private LuaException end() {
        return in.errorHere("EOF while parsing a string");
    }
}
