package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.NumberScanner;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import java.io.IOException;
import org.luaj.vm2.LuaValue;

/** Reads a numeral from a file: the longest text that can begin one, whether or not it then is one. */
final class NumeralReading {
    private static final int MAX_LENGTH = 200;

    private final LuaRuntime runtime;
    private final FileStream stream;
    private final ByteBuilder text = new ByteBuilder();
    private boolean tooLong;

    private NumeralReading(LuaRuntime runtime, FileStream stream) {
        this.runtime = runtime;
        this.stream = stream;
    }

    /** The number that was read, nil if there is none. */
    static LuaValue read(LuaRuntime runtime, FileStream stream) throws IOException {
        return new NumeralReading(runtime, stream).read();
    }

    private LuaValue read() throws IOException {
        while (NumberScanner.isSpace(stream.peek())) {
            stream.next();
            runtime.poll();
        }
        accept("+-");
        int digits = 0;
        boolean hexadecimal = false;
        if (accept("0")) {
            hexadecimal = accept("xX");
            digits = hexadecimal ? 0 : 1;
        }
        digits += digits(hexadecimal ? 16 : 10);
        if (accept(".")) {
            digits += digits(hexadecimal ? 16 : 10);
        }
        if (digits > 0 && accept(hexadecimal ? "pP" : "eE")) {
            accept("+-");
            digits(10);
        }
        LuaValue number = tooLong ? null : Coercion.toNumber(Strings.of(text.toBytes()));
        return number == null ? LuaValue.NIL : number;
    }

    private int digits(int base) throws IOException {
        int count = 0;
        while (isDigit(stream.peek(), base) && take()) {
            count++;
        }
        return count;
    }

    private static boolean isDigit(int c, int base) {
        int value = NumberScanner.digitValue(c);
        return value >= 0 && value < base;
    }

    private boolean accept(String letters) throws IOException {
        return stream.peek() >= 0 && letters.indexOf(stream.peek()) >= 0 && take();
    }

    private boolean take() throws IOException {
        if (text.length() >= MAX_LENGTH) {
            tooLong = true;
            return false;
        }
        text.append(stream.next());
        return true;
    }
}
