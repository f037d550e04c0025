package dev.tinysse.luahooks.tables;

import dev.tinysse.api.Refusal;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads how a hook refuses: {@code {status = 401, error = "…", headers = {…}}}. Only for a thread that holds the lock of the engine. */
final class RefusalReader {
    private RefusalReader() {}

    /**
     * The refusal in what a hook returned behind its nil. What is no table says nothing, and neither does a key that is absent.
     *
     * @throws IllegalArgumentException if it could not be sent; the text says why
     */
    static Refusal read(LuaValue value) {
        if (!(value instanceof Table table)) {
            return Refusal.DEFAULT;
        }
        return new Refusal(status(table.rawget(Keys.STATUS)), error(table.rawget(Keys.ERROR)),
                headers(table.rawget(Keys.HEADERS)));
    }

    private static int status(LuaValue value) {
        return switch (value) {
            case LuaInteger integer when integer.value == (int) integer.value -> (int) integer.value;
            case LuaFloat number when number.value == (int) number.value -> (int) number.value;
            case LuaValue nil when nil == LuaValue.NIL -> Refusal.DEFAULT.status();
            default -> throw new IllegalArgumentException("status must be a whole number: status is " + kind(value));
        };
    }

    private static Optional<String> error(LuaValue value) {
        return value == LuaValue.NIL ? Optional.empty() : Optional.of(text("error", value));
    }

    private static Map<String, String> headers(LuaValue value) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (value instanceof Table table) {
            for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
                if (!(table.keyAt(at) instanceof LuaString name)) {
                    throw new IllegalArgumentException("headers must be a table of names and values: a name is "
                            + kind(table.keyAt(at)));
                }
                headers.put(text("name of a header", name), text("header " + Strings.text(name), table.valueAt(at)));
            }
        } else if (value != LuaValue.NIL) {
            throw new IllegalArgumentException("headers must be a table: headers is " + kind(value));
        }
        return headers;
    }

    private static String text(String what, LuaValue value) {
        if (value instanceof LuaString string && Utf8.diagnostic(string).isEmpty()) {
            return Strings.text(string);
        }
        if (value.type() == LuaValue.TNUMBER) {
            return Strings.text(value.strvalue());
        }
        throw new IllegalArgumentException(what + " must be text or a number: it is " + kind(value));
    }

    private static String kind(LuaValue value) {
        return value instanceof LuaString string && !Utf8.diagnostic(string).isEmpty()
                ? "text that is not UTF-8"
                : "a " + value.typename();
    }
}
