package dev.tinysse.luahooks.packages.json;

import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaValue;

/** Reads numbers of JSON by the grammar of RFC 8259, section 6. */
final class JsonNumbers {

    /** So many digits fit into 64 bits for certain. */
    private static final int SAFE_DIGITS = 18;

    private JsonNumbers() {}

    static LuaValue read(JsonInput in) {
        int from = in.position();
        boolean negative = in.take('-');
        boolean zero = in.peek() == '0';
        int digits = digits(in);
        if (zero && digits > 1) {
            in.position(from + (negative ? 2 : 1));
            throw in.errorAtNext("invalid number");
        }
        boolean whole = true;
        if (in.take('.')) {
            whole = false;
            digits(in);
        }
        if (in.take('e') || in.take('E')) {
            whole = false;
            if (!in.take('+')) {
                in.take('-');
            }
            digits(in);
        }
        String text = new String(in.bytes(), from, in.position() - from, StandardCharsets.ISO_8859_1);
        return whole && !(zero && negative) ? integer(in, text, digits) : real(in, text);
    }

    private static int digits(JsonInput in) {
        int count = 0;
        while (in.peek() >= '0' && in.peek() <= '9') {
            in.next();
            count++;
        }
        if (count == 0) {
            throw malformed(in);
        }
        return count;
    }

    private static LuaException malformed(JsonInput in) {
        return in.peek() == JsonInput.END
                ? in.errorHere("EOF while parsing a value")
                : in.errorAtNext("invalid number");
    }

    private static LuaValue integer(JsonInput in, String text, int digits) {
        if (digits > SAFE_DIGITS) {
            try {
                return LuaInteger.of(Long.parseLong(text));
            } catch (NumberFormatException tooLarge) {
                return real(in, text);
            }
        }
        return LuaInteger.of(Long.parseLong(text));
    }

    private static LuaValue real(JsonInput in, String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw in.errorHere("number out of range");
        }
        return LuaFloat.of(value);
    }
}
