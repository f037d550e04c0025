package dev.tinysse.luahooks.packages.template;

import dev.tinysse.jinja.Budget;
import dev.tinysse.jinja.Order;
import dev.tinysse.jinja.Value;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Null;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/** The entries of a table as a map; keys that no template can write are left out: tables,
 * functions and what is not UTF-8. */
final class LuaMapping implements Mapping {

    private final Table table;
    private final Function<LuaValue, Value> values;
    /** In their order, null until somebody asks. */
    private List<Value> keys;

    LuaMapping(Table table, Function<LuaValue, Value> values) {
        this.table = table;
        this.values = values;
    }

    @Override
    public Value get(Value key) {
        LuaValue value = table.rawget(key(key));
        return value.isnil() ? UNDEFINED : values.apply(value);
    }

    @Override
    public boolean contains(Value key) {
        return !table.rawget(key(key)).isnil();
    }

    @Override
    public List<Value> keys() {
        if (keys == null) {
            keys = sortedKeys();
        }
        return keys;
    }

    private List<Value> sortedKeys() {
        List<Value> sorted = new ArrayList<>();
        for (int at = table.nextPosition(0); at >= 0; at = table.nextPosition(at + 1)) {
            Value key = values.apply(table.keyAt(at));
            if (contains(key)) {
                sorted.add(key);
            }
        }
        sorted.sort(new Order(Budget.UNLIMITED));
        return List.copyOf(sorted);
    }

    @Override
    public int size() {
        return keys().size();
    }

    @Override
    public boolean isTrue() {
        return table.nextPosition(0) >= 0;
    }

    /** The key of the table that a template means, nil if no table can have it. */
    private static LuaValue key(Value value) {
        return switch (value) {
            case Value.Text text -> Strings.of(text.value());
            case Value.Whole whole -> LuaInteger.of(whole.value());
            case Value.Real real -> LuaFloat.of(real.value());
            case Value.Bool bool -> bool.value() ? LuaValue.TRUE : LuaValue.FALSE;
            case Value.None _ -> Null.VALUE;
            default -> LuaValue.NIL;
        };
    }
}
