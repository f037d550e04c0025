package dev.tinysse.luahooks.packages;

import dev.tinysse.api.internal.JsonText;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Null;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Reads names and their values from tables of scripts. A value is a text, a number or a boolean, or an array of them;
 * null is no value. Whatever else there is, is an error.
 */
public final class FormValues {

    private static final int PAIR_BYTES = 100;

    private FormValues() {}

    /**
     * The values of {@code table} by name, a list for each name.
     *
     * @throws LuaException if there is anything that cannot be a name or a value
     */
    public static Map<String, List<String>> read(LuaRuntime runtime, Table table) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            runtime.poll();
            runtime.charge(PAIR_BYTES);
            values.put(name(table.keyAt(at)), values(runtime, table.valueAt(at)));
        }
        return values;
    }

    private static String name(LuaValue key) {
        if (key.istable() || key == Null.VALUE) {
            throw failure("unsupported key");
        }
        return scalar(key);
    }

    private static List<String> values(LuaRuntime runtime, LuaValue value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof Table array) {
            long length = array.border();
            if (length == 0 && array.nextPosition(0) >= 0) {
                throw failure("unsupported value");
            }
            for (long i = 1; i <= length; i++) {
                runtime.poll();
                add(texts, array.rawget(i));
            }
        } else {
            add(texts, value);
        }
        return texts;
    }

    private static void add(List<String> texts, LuaValue value) {
        if (value.istable()) {
            throw failure("unsupported value");
        }
        if (!value.isnil() && value != Null.VALUE) {
            texts.add(scalar(value));
        }
    }

    private static String scalar(LuaValue value) {
        return switch (value) {
            case LuaString string -> text(string);
            case LuaInteger integer -> Long.toString(integer.value);
            case LuaFloat f -> text(f.value);
            default -> {
                if (!value.isboolean()) {
                    throw failure("cannot serialize <" + value.typename() + ">");
                }
                yield Boolean.toString(value == LuaValue.TRUE);
            }
        };
    }

    private static String text(LuaString string) {
        String diagnostic = Utf8.diagnostic(string);
        if (!diagnostic.isEmpty()) {
            throw failure("invalid UTF-8: " + diagnostic);
        }
        return Strings.text(string);
    }

    private static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Double.isNaN(value) ? "NaN" : JsonText.number(value);
    }

    private static LuaException failure(String message) {
        return new LuaException(message, null);
    }
}
