package dev.tinysse.luahooks.tables;

import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/**
 * Makes tables of the claims of a token, each filled when a script looks at it. Only for a thread that holds the lock of the engine.
 *
 * @param runtime whose memory they take
 */
record ClaimTables(LuaRuntime runtime) {
    Table of(Map<?, ?> claims) {
        return Table.lazy(runtime.budget(), table -> {
            table.reserve(claims.size());
            claims.forEach((name, value) -> table.rawset(Strings.of((String) name), value(value)));
        });
    }

    /** An array for JSON, also if it is empty. */
    private Table of(List<?> values) {
        return ArrayTables.mark(runtime, Table.lazy(runtime.budget(), table -> {
            long index = 0;
            for (Object value : values) {
                table.rawset(++index, value(value));
            }
        }));
    }

    private LuaValue value(Object value) {
        return switch (value) {
            case String text -> Strings.of(text);
            case Boolean flag -> flag ? LuaValue.TRUE : LuaValue.FALSE;
            case Long number -> LuaInteger.of(number);
            case Double number -> LuaFloat.of(number);
            case List<?> list -> of(list);
            case Map<?, ?> map -> of(map);
            default -> throw new IllegalArgumentException("no claim: class=" + value.getClass().getName());
        };
    }
}
