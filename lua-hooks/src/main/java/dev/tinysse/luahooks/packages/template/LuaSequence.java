package dev.tinysse.luahooks.packages.template;

import dev.tinysse.jinja.Value;
import dev.tinysse.jinja.Value.Sequence;
import dev.tinysse.lua.value.Table;
import java.util.function.Function;
import org.luaj.vm2.LuaValue;

/** The elements of a table as a list; an absent element is none. */
final class LuaSequence implements Sequence {

    private final Table table;
    private final int size;
    private final Function<LuaValue, Value> values;

    LuaSequence(Table table, int size, Function<LuaValue, Value> values) {
        this.table = table;
        this.size = size;
        this.values = values;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Value get(int index) {
        return values.apply(table.rawget(index + 1L));
    }
}
