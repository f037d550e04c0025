package dev.tinysse.lua.lib.table;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Guard;
import dev.tinysse.lua.lib.support.Limits;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.IntegerFormat;
import dev.tinysse.lua.operation.Comparison;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code table} (reference manual, section 6.6). */
public final class TableLibrary implements Library {
    private static final LuaString N = Strings.of("n");
    private static final int STEPS_PER_POLL = 1_000;

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable.named(runtime, "table").add("concat", Guard.of(TableLibrary::concat))
                .add("insert", TableLibrary::insert)
                .add("move", TableLibrary::move).add("pack", TableLibrary::pack).add("remove", TableLibrary::remove)
                .add("sort", Guard.of(TableSort::sort)).add("unpack", TableLibrary::unpack).install("table");
    }

    private static Varargs concat(Args args) {
        Sequence list = Sequence.of(args, 1, true, false, true);
        long length = list.length();
        LuaString separator = args.string(2, Strings.EMPTY);
        long first = args.integer(3, 1);
        long last = args.integer(4, length);
        LuaString joined = list.plain() == null ? null : joinStrings(args, list.plain(), separator, first, last);
        if (joined != null) {
            return joined;
        }
        ByteBuilder out = new ByteBuilder(64, args.runtime()::charge);
        for (long i = first; i <= last; i++) {
            append(args, out, list, i);
            // no further, also where the next number would be the smallest one
            if (i == last) {
                break;
            }
            out.append(separator.m_bytes, separator.m_offset, separator.m_length);
            if (i % STEPS_PER_POLL == 0) {
                args.runtime().poll();
            }
        }
        args.runtime().charge(out.length());
        return Strings.copyOf(out.array(), 0, out.length());
    }

    /** Joins elements that are all strings into an array of just the right size; null if they are not. */
    private static LuaString joinStrings(Args args, Table list, LuaString separator, long first, long last) {
        long size = 0;
        for (long i = first; i <= last && i > 0; i++) {
            if (!(list.rawget(i) instanceof LuaString element)) {
                return null;
            }
            size += element.m_length + (i < last ? separator.m_length : 0);
        }
        if (first <= 0 || last == Long.MAX_VALUE || size > Integer.MAX_VALUE / 2) {
            return null;
        }
        args.runtime().charge(size);
        byte[] bytes = new byte[(int) size];
        int at = 0;
        for (long i = first; i <= last; i++) {
            LuaString element = (LuaString) list.rawget(i);
            System.arraycopy(element.m_bytes, element.m_offset, bytes, at, element.m_length);
            at += element.m_length;
            if (i < last) {
                System.arraycopy(separator.m_bytes, separator.m_offset, bytes, at, separator.m_length);
                at += separator.m_length;
            }
        }
        return Strings.of(bytes);
    }

    private static void append(Args args, ByteBuilder out, Sequence list, long i) {
        LuaValue element = list.get(i);
        if (element instanceof LuaString s) {
            out.append(s.m_bytes, s.m_offset, s.m_length);
        } else if (element instanceof LuaInteger integer) {
            IntegerFormat.decimal(out, integer.value);
        } else if (element.type() == LuaValue.TNUMBER) {
            LuaString s = element.strvalue();
            out.append(s.m_bytes, s.m_offset, s.m_length);
        } else {
            throw args.failure(
                    "invalid value (" + element.typename() + ") at index " + i + " in table for 'concat'");
        }
    }

    private static Varargs insert(Args args) {
        Sequence list = Sequence.of(args, 1, true, true, true);
        long end = list.length() + 1;
        switch (args.count()) {
            case 2 -> list.set(end, args.value(2));
            case 3 -> {
                long position = args.integer(2);
                // compared without sign, which also refuses what is below 1
                if (Long.compareUnsigned(position - 1, end) >= 0) {
                    throw args.error(2, "position out of bounds");
                }
                for (long i = end; i > position; i--) {
                    list.set(i, list.get(i - 1));
                }
                list.set(position, args.value(3));
            }
            default -> throw args.failure("wrong number of arguments to 'insert'");
        }
        return LuaValue.NONE;
    }

    private static Varargs remove(Args args) {
        Sequence list = Sequence.of(args, 1, true, true, true);
        long size = list.length();
        long position = args.integer(2, size);
        if (position != size && Long.compareUnsigned(position - 1, size) > 0) {
            throw args.error(2, "position out of bounds");
        }
        LuaValue taken = list.plain() == null ? null : list.plain().remove(position);
        if (taken != null) {
            return taken;
        }
        LuaValue removed = list.get(position);
        for (; position < size; position++) {
            list.set(position, list.get(position + 1));
        }
        list.set(position, LuaValue.NIL);
        return removed;
    }

    private static Varargs move(Args args) {
        long first = args.integer(2);
        long last = args.integer(3);
        long to = args.integer(4);
        int destination = args.absent(5) ? 1 : 5;
        Sequence source = Sequence.of(args, 1, true, false, false);
        Sequence target = Sequence.of(args, destination, false, true, false);
        if (last >= first) {
            if (first <= 0 && last >= Long.MAX_VALUE + first) {
                throw args.error(3, "too many elements to move");
            }
            long count = last - first + 1;
            if (to > Long.MAX_VALUE - count + 1) {
                throw args.error(4, "destination wrap around");
            }
            boolean apart = to > last || to <= first
                    || destination != 1 && !Comparison.equal(args.runtime(), source.value(), target.value());
            for (long i = 0; i < count; i++) {
                long step = apart ? i : count - 1 - i;
                target.set(to + step, source.get(first + step));
            }
        }
        return target.value();
    }

    private static Varargs pack(Args args) {
        Table table = args.runtime().newTable(args.count(), 1);
        for (int i = 1; i <= args.count(); i++) {
            table.rawset((long) i, args.value(i));
        }
        table.rawset(N, LuaInteger.of(args.count()));
        return table;
    }

    private static Varargs unpack(Args args) {
        Sequence list = Sequence.unchecked(args, 1);
        long first = args.integer(2, 1);
        long last = args.absent(3) ? list.length() : args.integer(3);
        if (first > last) {
            return LuaValue.NONE;
        }
        long count = last - first + 1;
        if (count <= 0 || count >= Limits.MAX_RESULTS) {
            throw args.failure("too many results to unpack");
        }
        LuaValue[] elements = new LuaValue[(int) count];
        args.runtime().charge(Long.BYTES * count);
        for (int i = 0; i < count; i++) {
            elements[i] = list.get(first + i);
        }
        return Values.of(elements);
    }
}
