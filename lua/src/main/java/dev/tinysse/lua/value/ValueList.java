package dev.tinysse.lua.value;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Two or more values: arguments or results. The array belongs to the list and is not changed. */
final class ValueList extends Varargs {

    private final LuaValue[] values;
    private final int from;

    ValueList(LuaValue[] values, int from) {
        this.values = values;
        this.from = from;
    }

    @Override
    public LuaValue arg(int i) {
        int at = from + i - 1;
        return i >= 1 && at < values.length ? values[at] : LuaValue.NIL;
    }

    @Override
    public int narg() {
        return values.length - from;
    }

    @Override
    public LuaValue arg1() {
        return from < values.length ? values[from] : LuaValue.NIL;
    }

    @Override
    public Varargs subargs(int start) {
        int at = from + start - 1;
        return switch (values.length - at) {
            case 1 -> values[at];
            default -> at >= values.length ? LuaValue.NONE : new ValueList(values, at);
        };
    }

    void copyTo(LuaValue[] target, int at) {
        System.arraycopy(values, from, target, at, values.length - from);
    }
}
