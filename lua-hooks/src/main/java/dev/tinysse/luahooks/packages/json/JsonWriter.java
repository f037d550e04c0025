package dev.tinysse.luahooks.packages.json;

import dev.tinysse.api.internal.JsonText;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.MalformedException;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Null;
import dev.tinysse.luahooks.packages.support.Utf8;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Writes a value of Lua as JSON. Tables may be nested as deep as memory allows: those that are begun are in a list
 * and not on the Java stack.
 */
public final class JsonWriter {

    private static final int ROOM = 256;
    private static final int LEVEL_BYTES = 96;

    private final LuaRuntime runtime;
    private final boolean pretty;
    private final ByteBuilder out;
    private final Deque<OpenTable> open = new ArrayDeque<>();
    private final Set<Table> begun = Collections.newSetFromMap(new IdentityHashMap<>());

    private JsonWriter(LuaRuntime runtime, boolean pretty) {
        this.runtime = runtime;
        this.pretty = pretty;
        this.out = new ByteBuilder(ROOM, runtime::charge);
    }

    /**
     * The text of {@code value}.
     *
     * @param pretty whether every element gets a line of its own, two spaces a level
     * @throws LuaException if there is something in it that JSON does not have
     */
    public static LuaString write(LuaRuntime runtime, LuaValue value, boolean pretty) {
        try {
            return Strings.of(new JsonWriter(runtime, pretty).written(value));
        } catch (MalformedException tooLong) {
            throw failure(tooLong.getMessage());
        }
    }

    private byte[] written(LuaValue value) {
        write(value);
        while (!open.isEmpty()) {
            step(open.getLast());
        }
        runtime.charge(out.length());
        return out.toBytes();
    }

    /** Writes a scalar, or begins a table. */
    private void write(LuaValue value) {
        runtime.poll();
        switch (value) {
            case LuaString text -> quote(text, "");
            case LuaInteger integer -> out.append(Long.toString(integer.value));
            case LuaFloat f -> out.append(Double.isFinite(f.value) ? JsonText.number(f.value) : "null");
            case Table table -> begin(table);
            default -> {
                if (value.isboolean()) {
                    out.append(Boolean.toString(value == LuaValue.TRUE));
                } else if (value.isnil() || value == Null.VALUE) {
                    out.append("null");
                } else {
                    throw unsupported(value);
                }
            }
        }
    }

    private void begin(Table table) {
        if (!begun.add(table)) {
            throw failure("recursive table detected");
        }
        runtime.charge(LEVEL_BYTES);
        OpenTable opened = OpenTable.of(runtime, table);
        open.addLast(opened);
        out.append(opened.isArray() ? '[' : '{');
    }

    /** Writes the next element of a table, or its end. */
    private void step(OpenTable table) {
        boolean first = !table.started();
        if (table.next()) {
            if (!first) {
                out.append(',');
            }
            breakLine();
            if (!table.isArray()) {
                quote(key(table.key()), "key must be a string: ");
                out.append(pretty ? ": " : ":");
            }
            write(table.value());
        } else {
            open.removeLast();
            begun.remove(table.table());
            if (!first) {
                breakLine();
            }
            out.append(table.isArray() ? ']' : '}');
        }
    }

    private void breakLine() {
        if (pretty) {
            out.append('\n').fill(' ', 2 * open.size());
        }
    }

    private static LuaString key(LuaValue key) {
        return switch (key) {
            case LuaString text -> text;
            case LuaInteger integer -> integer.strvalue();
            case LuaFloat f when Double.isFinite(f.value) -> Strings.of(JsonText.number(f.value));
            case LuaFloat _ -> throw failure("float key must be finite (got NaN or +/-inf)");
            default -> {
                if (key.isboolean()) {
                    yield Strings.of(Boolean.toString(key == LuaValue.TRUE));
                }
                throw key.istable() || key == Null.VALUE ? failure("key must be a string") : unsupported(key);
            }
        };
    }

    private void quote(LuaString text, String prefix) {
        String diagnostic = Utf8.diagnostic(text);
        if (!diagnostic.isEmpty()) {
            throw failure(prefix + diagnostic);
        }
        out.append('"');
        int end = text.m_offset + text.m_length;
        int plain = text.m_offset;
        for (int i = plain; i < end; i++) {
            byte b = text.m_bytes[i];
            if (JsonText.isEscaped(b)) {
                out.append(text.m_bytes, plain, i - plain);
                out.append(JsonText.escape(b));
                plain = i + 1;
            }
        }
        out.append(text.m_bytes, plain, end - plain).append('"');
    }

    private static LuaException unsupported(LuaValue value) {
        return failure("cannot serialize <" + value.typename() + ">");
    }

    private static LuaException failure(String message) {
        return new LuaException("serialize error: " + message, null);
    }
}
