package dev.tinysse.lua.lib.string;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** The library {@code string} (reference manual, section 6.4) and the metatable of strings. */
public final class StringLibrary implements Library {
    private static final int LETTER_CASE = 0x20;

    @Override
    public void open(LuaRuntime runtime) {
        LibraryTable library = LibraryTable.named(runtime, "string").add("byte", new StringSlices.Bytes(runtime))
                .add("char", StringLibrary::characters).add("dump", StringLibrary::dump)
                .add("len", args -> LuaInteger.of(args.string(1).m_length)).add("lower", args -> recase(args, 'A', 'Z'))
                .add("rep", StringLibrary::repeat).add("reverse", StringLibrary::reverse)
                .add("sub", new StringSlices.Substring(runtime))
                .add("upper", args -> recase(args, 'a', 'z'));
        PatternFunctions.addTo(library);
        StringFormat.addTo(library);
        PackFunctions.addTo(library);
        Table metatable = runtime.newTable();
        StringArithmetic.addTo(LibraryTable.into(runtime, metatable));
        metatable.rawset(Strings.of("__index"), library.table());
        runtime.metatables().set(Strings.EMPTY, metatable);
        library.install("string");
    }

    private static Varargs characters(Args args) {
        byte[] result = new byte[args.count()];
        for (int i = 0; i < result.length; i++) {
            long code = args.integer(i + 1);
            if (code < 0 || code > 255) {
                throw args.error(i + 1, "value out of range");
            }
            result[i] = (byte) code;
        }
        return Strings.of(result);
    }

    /** There is no bytecode, and so nothing that could be loaded unchecked. */
    private static Varargs dump(Args args) {
        args.function(1);
        throw args.failure("unable to dump given function");
    }

    private static Varargs recase(Args args, char first, char last) {
        LuaString s = args.string(1);
        args.runtime().charge(s.m_length);
        byte[] result = Strings.bytes(s);
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= first && result[i] <= last) {
                result[i] ^= LETTER_CASE;
            }
        }
        return Strings.of(result);
    }

    private static Varargs repeat(Args args) {
        LuaString s = args.string(1);
        long count = args.integer(2);
        LuaString separator = args.string(3, Strings.EMPTY);
        if (count <= 0) {
            return Strings.EMPTY;
        }
        long unit = (long) s.m_length + separator.m_length;
        if (unit == 0) {
            return Strings.EMPTY;
        }
        if (count > Integer.MAX_VALUE / unit) {
            throw args.failure("resulting string too large");
        }
        long size = count * unit - separator.m_length;
        args.runtime().charge(size);
        byte[] result = new byte[(int) size];
        System.arraycopy(s.m_bytes, s.m_offset, result, 0, s.m_length);
        if (count > 1) {
            System.arraycopy(separator.m_bytes, separator.m_offset, result, s.m_length, separator.m_length);
            // doubles what is there already until it is full
            for (long done = unit; done < size; done *= 2) {
                System.arraycopy(result, 0, result, (int) done, (int) Math.min(done, size - done));
            }
        }
        return Strings.of(result);
    }

    private static Varargs reverse(Args args) {
        LuaString s = args.string(1);
        args.runtime().charge(s.m_length);
        byte[] result = new byte[s.m_length];
        int last = s.m_offset + s.m_length - 1;
        for (int i = 0; i < result.length; i++) {
            result[i] = s.m_bytes[last - i];
        }
        return Strings.of(result);
    }
}
