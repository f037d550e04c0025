package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.http.Header;
import dev.tinysse.luahooks.packages.support.Conversion;
import dev.tinysse.luahooks.packages.support.Null;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The options of a request beside method and address: the options of an agent with those of the call over them. */
final class HttpOptions {

    private static final byte[] NO_BODY = {};
    /** Longer than any server lives; a time that is longer still is no limit. */
    private static final double MAX_MILLIS = 1e12;

    private final LuaRuntime runtime;
    private final Table options;

    /**
     * @param base the agent's options, nil for none
     * @param own  the call's, nil for none; neither is changed
     */
    HttpOptions(LuaRuntime runtime, LuaValue base, LuaValue own) {
        this.runtime = runtime;
        this.options = (Table) merged(base.isnil() ? runtime.newTable() : base, own, 2);
    }

    /** {@code over} laid over {@code base} key by key, down to the elements of an array of arguments. */
    private LuaValue merged(LuaValue base, LuaValue over, int depth) {
        if (over.isnil()) {
            return base;
        }
        if (depth < 0 || !(base instanceof Table below) || !(over instanceof Table above)) {
            return over;
        }
        Table merged = runtime.newTable();
        for (int at = below.nextPosition(0); at >= 0; at = below.nextPosition(at + 1)) {
            merged.rawset(below.keyAt(at), below.valueAt(at));
        }
        for (int at = above.nextPosition(0); at >= 0; at = above.nextPosition(at + 1)) {
            LuaValue key = above.keyAt(at);
            merged.rawset(key, merged(below.rawget(key), above.valueAt(at), depth - 1));
        }
        return merged;
    }

    List<Header> headers() {
        return option("headers", HttpOptions::headers).orElse(List.of());
    }

    private static List<Header> headers(LuaValue value) {
        Table table = Conversion.table(value);
        List<Header> headers = new ArrayList<>();
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            headers.add(new Header(Conversion.text(table.keyAt(at)), latin1(Conversion.bytes(table.valueAt(at)))));
        }
        return headers;
    }

    private static String latin1(LuaString bytes) {
        return new String(Strings.bytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** The query of the URL: a float that is an integer is written as one, null is a word. */
    Map<String, List<String>> args() {
        return option("args", value -> FormValues.read(runtime, plain(Conversion.table(value), 1))).orElse(Map.of());
    }

    private Table plain(Table values, int depth) {
        Table plain = runtime.newTable();
        for (int at = values.nextPosition(0); at >= 0; at = values.nextPosition(at + 1)) {
            LuaValue value = values.valueAt(at);
            plain.rawset(values.keyAt(at),
                    value instanceof Table table && depth > 0 ? plain(table, depth - 1) : plain(value));
        }
        return plain;
    }

    private static LuaValue plain(LuaValue value) {
        if (value instanceof LuaFloat number && number.hasInteger()) {
            return LuaInteger.of((long) number.value);
        }
        return value == Null.VALUE ? Strings.of("null") : value;
    }

    byte[] body() {
        return option("body", value -> Strings.bytes(Conversion.bytes(value))).orElse(NO_BODY);
    }

    /** A value that is no number is no limit, as in scripts that rely on that. */
    Optional<Duration> timeout() {
        LuaValue number = Coercion.toNumber(options.rawget("timeout"));
        if (number == null || !(number.todouble() < MAX_MILLIS)) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) Math.max(number.todouble(), 0)));
    }

    /**
     * The version of HTTP. Before 1.1 nothing differs but the version in the request line, and the client does not change that.
     */
    Optional<Version> version() {
        return option("version", value -> {
            String version = Conversion.text(value);
            return switch (version.toUpperCase(Locale.ROOT)) {
                case "HTTP/0.9", "HTTP/1.0", "HTTP/1.1" -> Version.HTTP_1_1;
                case "HTTP/2", "HTTP/3" -> Version.HTTP_2;
                default -> throw new LuaException(version, null);
            };
        });
    }

    private <R> Optional<R> option(String name, Function<LuaValue, R> conversion) {
        LuaValue value = options.rawget(name);
        if (value.isnil()) {
            return Optional.empty();
        }
        try {
            return Optional.of(conversion.apply(value));
        } catch (LuaException e) {
            throw new LuaException(name + " is invalid: " + e.getMessage(), e);
        }
    }
}
