package dev.tinysse.luahooks.packages.json;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Null;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Reads one JSON text and nothing that is not JSON. What it makes counts for the memory of the running call. */
public final class JsonReader {

    private static final int MAX_DEPTH = 127;
    private static final int NUMBER_BYTES = 16;

    private final LuaRuntime runtime;
    private final JsonInput in;
    private final JsonStrings strings;
    private int depth;

    private JsonReader(LuaRuntime runtime, LuaString text) {
        this.runtime = runtime;
        this.in = new JsonInput(text);
        this.strings = new JsonStrings(runtime, in);
    }

    /**
     * The value that {@code text} spells: integers of 64 bits are integers, all other numbers floats, null is
     * {@link Null#VALUE}, arrays are marked as {@link ArrayTables}.
     *
     * @param text UTF-8
     * @throws LuaException if it is not JSON, nested deeper than 127 or has a number too large for a float
     */
    public static LuaValue read(LuaRuntime runtime, LuaString text) {
        var reader = new JsonReader(runtime, text);
        LuaValue value = reader.value();
        if (reader.in.peekBehindSpace() != JsonInput.END) {
            throw reader.in.errorAtNext("trailing characters");
        }
        return value;
    }

    private LuaValue value() {
        runtime.poll();
        return switch (in.peekBehindSpace()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> strings.read();
            case 't' -> word("true", LuaValue.TRUE);
            case 'f' -> word("false", LuaValue.FALSE);
            case 'n' -> word("null", Null.VALUE);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case JsonInput.END -> throw endOfValue();
            default -> throw in.errorAtNext("expected value");
        };
    }

    private LuaValue number() {
        runtime.charge(NUMBER_BYTES);
        return JsonNumbers.read(in);
    }

    private LuaValue word(String word, LuaValue value) {
        for (int i = 0; i < word.length(); i++) {
            int b = in.next();
            if (b != word.charAt(i)) {
                throw b == JsonInput.END ? endOfValue() : in.errorHere("expected ident");
            }
        }
        return value;
    }

    private LuaException endOfValue() {
        return in.errorHere("EOF while parsing a value");
    }

    private Table array() {
        enter();
        Table array = ArrayTables.mark(runtime, runtime.newTable());
        if (in.peekBehindSpace() != ']') {
            long length = 0;
            do {
                if (in.peekBehindSpace() == JsonInput.END && length == 0) {
                    throw in.errorHere("EOF while parsing a list");
                }
                array.rawset(++length, value());
            } while (another(']', "a list"));
        }
        leave();
        return array;
    }

    private Table object() {
        enter();
        Table object = runtime.newTable();
        if (in.peekBehindSpace() != '}') {
            boolean first = true;
            do {
                LuaString key = key(first);
                object.rawset(key, value());
                first = false;
            } while (another('}', "an object"));
        }
        leave();
        return object;
    }

    private LuaString key(boolean first) {
        switch (in.peekBehindSpace()) {
            case '"' -> {
                LuaString key = strings.read();
                switch (in.peekBehindSpace()) {
                    case ':' -> in.next();
                    case JsonInput.END -> throw in.errorHere("EOF while parsing an object");
                    default -> throw in.errorAtNext("expected `:`");
                }
                return key;
            }
            case JsonInput.END -> throw first ? in.errorHere("EOF while parsing an object") : endOfValue();
            default -> throw in.errorAtNext("key must be a string");
        }
    }

    /** Whether another element follows; if not, the closing bracket is next. */
    private boolean another(char bracket, String what) {
        int b = in.peekBehindSpace();
        if (b == bracket) {
            return false;
        }
        if (b == JsonInput.END) {
            throw in.errorHere("EOF while parsing " + what);
        }
        if (!in.take(',')) {
            throw in.errorAtNext("expected `,` or `" + bracket + "`");
        }
        if (in.peekBehindSpace() == bracket) {
            throw in.errorAtNext("trailing comma");
        }
        return true;
    }

    private void enter() {
        in.next();
        if (++depth > MAX_DEPTH) {
            throw in.errorHere("recursion limit exceeded");
        }
    }

    private void leave() {
        in.next();
        depth--;
    }
}
