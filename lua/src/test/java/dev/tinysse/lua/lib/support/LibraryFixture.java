package dev.tinysse.lua.lib.support;

import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.lib.StandardLibraries;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The standard libraries in an engine of their own; functions are called with values of Java and give values of Java. */
public final class LibraryFixture {
    public final Map<String, String> environment = new HashMap<>();
    public final ByteArrayOutputStream out = new ByteArrayOutputStream();
    public final ByteArrayOutputStream err = new ByteArrayOutputStream();
    public final List<Integer> exits = new ArrayList<>();
    public final LuaRuntime runtime = new LuaRuntime();

    /** Without input on {@code io.stdin}. */
    public static LibraryFixture create() {
        return withInput("");
    }

    public static LibraryFixture withInput(String input) {
        LibraryFixture fixture = new LibraryFixture();
        new StandardLibraries(
                new Host(new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), fixture.out,
                        fixture.err, fixture.environment::get, "", fixture.exits::add))
                .open(fixture.runtime);
        return fixture;
    }

    /** Calls a function such as {@code string.rep}. Strings are Latin-1, integers are long. */
    public List<Object> call(String name, Object... arguments) {
        LuaValue function = runtime.globals();
        for (String part : name.split("\\.")) {
            function = Indexing.index(runtime, function, Strings.of(part));
        }
        return invoke(function, arguments);
    }

    /** Calls a method of an object. */
    public List<Object> method(Object object, String name, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = object;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return invoke(Indexing.index(runtime, value(object), Strings.of(name)), all);
    }

    public List<Object> invoke(Object function, Object... arguments) {
        LuaValue[] values = new LuaValue[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(arguments[i]);
        }
        return list(Calls.invoke(runtime, (LuaValue) function, Values.of(values)));
    }

    /** A function written in Java. */
    public LuaValue function(Builtin.Body body) {
        return Builtin.of(runtime, "test", body);
    }

    /** A table with these elements. */
    public Table table(Object... elements) {
        Table table = runtime.newTable();
        for (int i = 0; i < elements.length; i++) {
            table.rawset(i + 1L, value(elements[i]));
        }
        return table;
    }

    /** The elements of a table, up to its length. */
    public static List<Object> elements(Table table) {
        List<Object> elements = new ArrayList<>();
        for (long i = 1; i <= table.border(); i++) {
            elements.add(object(table.rawget(i)));
        }
        return elements;
    }

    public static LuaValue value(Object object) {
        return switch (object) {
            case null -> LuaValue.NIL;
            case LuaValue value -> value;
            case Boolean truth -> Values.of(truth);
            case Integer integer -> LuaInteger.of(integer);
            case Long integer -> LuaInteger.of(integer);
            case Double number -> LuaFloat.of(number);
            default -> Strings.of(object.toString().getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    public static Object object(LuaValue value) {
        return switch (value) {
            case LuaInteger integer -> integer.value;
            case LuaFloat number -> number.value;
            case LuaString string -> new String(Strings.bytes(string), StandardCharsets.ISO_8859_1);
            default -> value.isnil() ? null : value.type() == LuaValue.TBOOLEAN ? (Object) Values.truth(value) : value;
        };
    }

    private static List<Object> list(Varargs values) {
        List<Object> list = new ArrayList<>();
        for (int i = 1; i <= values.narg(); i++) {
            list.add(object(values.arg(i)));
        }
        return list;
    }
}
