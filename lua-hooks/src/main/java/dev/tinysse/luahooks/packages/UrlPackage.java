package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.ConversionException;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.url.FormPairs;
import dev.tinysse.luahooks.url.Url;
import dev.tinysse.luahooks.url.UrlBuilder;
import dev.tinysse.luahooks.url.UrlException;
import dev.tinysse.luahooks.url.UrlParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The package {@code url}: addresses and their parts, and the text of forms. */
public final class UrlPackage implements Library {

    /** An estimate of what the parts of a text take while it is taken apart, in bytes per byte. */
    private static final long PARTS_FACTOR = 8;

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType.named(runtime, "Url", UrlPackage.class)
                .function("encode", UrlPackage::encode)
                .call(UrlPackage::encode)
                .function("decode", UrlPackage::decode)
                .function("quote", UrlPackage::quote)
                .function("unquote", UrlPackage::unquote)
                .install("url", this);
    }

    private static LuaString encode(Arguments arguments) {
        Table parts = arguments.table(1);
        UrlBuilder url = new UrlBuilder();
        try {
            required(parts, "scheme").ifPresent(url::scheme);
            required(parts, "host").ifPresent(url::host);
            part(parts, "username", Conversion::text, url::username);
            part(parts, "password", Conversion::text, url::password);
            part(parts, "port", UrlPackage::port, url::port);
            part(parts, "path", Conversion::text, url::path);
            part(parts, "query", Conversion::text, url::query);
            part(parts, "args", args -> FormValues.read(arguments.runtime(), Conversion.table(args)), url::args);
            part(parts, "fragment", Conversion::text, url::fragment);
            return Strings.of(url.build().toString());
        } catch (UrlException e) {
            throw arguments.failure(e.getMessage());
        }
    }

    /** The text of a part; what is no text counts as missing, and the builder knows what to say then. */
    private static Optional<String> required(Table parts, String name) {
        try {
            return Optional.of(Conversion.text(parts.rawget(name)));
        } catch (ConversionException e) {
            return Optional.empty();
        }
    }

    private static <R> void part(Table parts, String name, Function<LuaValue, R> conversion, Consumer<R> use) {
        LuaValue value = parts.rawget(name);
        if (!value.isnil()) {
            try {
                use.accept(conversion.apply(value));
            } catch (LuaException e) {
                throw new LuaException(name + " is invalid: " + e.getMessage(), e);
            }
        }
    }

    private static long port(LuaValue value) {
        String text = Conversion.text(value);
        LuaInteger port = Coercion.toInteger(value);
        if (port == null) {
            throw new UrlException("port is invalid: port=" + text);
        }
        return port.value;
    }

    private static Table decode(Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        try {
            Url url = UrlParser.parse(textToTakeApart(arguments));
            Table parts = runtime.newTable();
            parts.rawset("scheme", Strings.of(url.scheme()));
            parts.rawset("username", Strings.of(url.username()));
            set(parts, "password", url.password());
            set(parts, "host", url.host().filter(host -> !host.isEmpty()));
            url.port().ifPresent(port -> parts.rawset("port", LuaInteger.of(port)));
            parts.rawset("path", Strings.of(url.path()));
            set(parts, "query", url.query());
            set(parts, "fragment", url.fragment());
            parts.rawset("args", table(runtime, FormPairs.decode(url.query().orElse(""))));
            return parts;
        } catch (UrlException e) {
            throw arguments.failure(e.getMessage());
        }
    }

    private static void set(Table parts, String name, Optional<String> value) {
        value.ifPresent(text -> parts.rawset(name, Strings.of(text)));
    }

    private static LuaString quote(Arguments arguments) {
        Table values = arguments.table(1);
        if (values.border() > 0) {
            throw arguments.failure("unsupported pair");
        }
        for (int at = values.nextPosition(0); at >= 0; at = values.nextPosition(at + 1)) {
            if (values.valueAt(at) instanceof Table table && isEmptyObject(arguments.runtime(), table)) {
                throw arguments.failure("unsupported value");
            }
        }
        String text = FormPairs.encode(FormValues.read(arguments.runtime(), values));
        arguments.runtime().charge(text.length());
        return Strings.of(text);
    }

    private static boolean isEmptyObject(LuaRuntime runtime, Table table) {
        return table.nextPosition(0) < 0 && !ArrayTables.marked(runtime, table);
    }

    private static Table unquote(Arguments arguments) {
        return table(arguments.runtime(), FormPairs.decode(textToTakeApart(arguments)));
    }

    private static String textToTakeApart(Arguments arguments) {
        LuaString text = arguments.utf8(1);
        arguments.runtime().charge(PARTS_FACTOR * text.m_length);
        return Strings.text(text);
    }

    private static Table table(LuaRuntime runtime, Map<String, List<String>> values) {
        Table table = runtime.newTable();
        values.forEach((name, texts) -> {
            Table array = runtime.newTable();
            texts.forEach(text -> array.rawset(array.border() + 1, Strings.of(text)));
            table.rawset(name, array);
        });
        return table;
    }
}
