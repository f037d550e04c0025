package dev.tinysse.lua.lib.table;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Table;
import java.util.Arrays;
import org.luaj.vm2.LuaValue;

/** The subject of the table library: a table, or anything whose metatable lets it be read and written like one. */
final class Sequence {
    private static final int STEPS_PER_POLL = 1_000;

    private final LuaRuntime runtime;
    private final LuaValue value;
    /** The table itself if nothing but raw access is needed, else null. */
    private final Table plain;
    private int steps;

    private Sequence(LuaRuntime runtime, LuaValue value) {
        this.runtime = runtime;
        this.value = value;
        this.plain = value instanceof Table table && table.metatable() == null ? table : null;
    }

    /** Any value, for reading; operations that it does not have fail when they are tried. */
    static Sequence unchecked(Args args, int i) {
        return new Sequence(args.runtime(), args.value(i));
    }

    /** Argument {@code i}, which must be a table or have all the metamethods in its metatable that the operation needs. */
    static Sequence of(Args args, int i, boolean read, boolean write, boolean length) {
        LuaRuntime runtime = args.runtime();
        LuaValue value = args.value(i);
        if (!(value instanceof Table) && (runtime.metatable(value) == null
                || read && runtime.metamethod(value, Metatables.INDEX).isnil()
                || write && runtime.metamethod(value, Metatables.NEWINDEX).isnil()
                || length && runtime.metamethod(value, Metatables.LEN).isnil())) {
            throw args.typeError(i, "table");
        }
        return new Sequence(runtime, value);
    }

    LuaValue value() {
        return value;
    }

    /** The table if there is nothing but raw access to it, else null. */
    Table plain() {
        return plain;
    }

    LuaValue get(long index) {
        if (plain != null) {
            return plain.rawget(index);
        }
        step();
        return Indexing.index(runtime, value, LuaInteger.of(index));
    }

    void set(long index, LuaValue element) {
        step();
        if (plain != null) {
            plain.rawset(index, element);
        } else {
            Indexing.setIndex(runtime, value, LuaInteger.of(index), element);
        }
    }

    /** The length, as {@code #} gives it. */
    long length() {
        if (plain != null) {
            return plain.border();
        }
        LuaValue length = Indexing.length(runtime, value);
        if (length instanceof LuaFloat number && number.hasInteger()) {
            return (long) number.value;
        }
        if (length instanceof LuaInteger integer) {
            return integer.value;
        }
        throw Failures.ofCaller("object length is not an integer");
    }

    /** The elements 1 to {@code count}. */
    LuaValue[] toArray(int count) {
        LuaValue[] elements = new LuaValue[plain != null ? count : 0];
        runtime.charge((long) elements.length * Long.BYTES);
        for (int i = 0; i < count; i++) {
            if (i == elements.length) {
                // a length that a metamethod claims is not worth an array before there are elements
                int capacity = Math.min(count, 2 * i + 16);
                runtime.charge((long) (capacity - i) * Long.BYTES);
                elements = Arrays.copyOf(elements, capacity);
            }
            elements[i] = get(i + 1L);
        }
        return elements;
    }

    private void step() {
        if (++steps % STEPS_PER_POLL == 0) {
            runtime.poll();
        }
    }
}
