package dev.tinysse.luahooks;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/** The table {@code cli} that {@code startup} is given. */
final class CliTable {
    private CliTable() {}

    /** The server's options: texts, truth values and integers. */
    static Table of(LuaRuntime runtime, Map<String, Object> options) {
        Table cli = runtime.newTable(0, options.size());
        options.forEach((name, value) -> cli.rawset(name, value(value)));
        return cli;
    }

    /** Whether the server knows channels. */
    static boolean hasChannels(Map<String, Object> options) {
        return Boolean.TRUE.equals(options.get("channels"));
    }

    private static LuaValue value(Object option) {
        return switch (option) {
            case Boolean truth -> Values.of((boolean) truth);
            case Number number -> LuaInteger.of(number.longValue());
            default -> Strings.of(option.toString());
        };
    }
}
