package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Options;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.lib.text.FloatFormat;
import dev.tinysse.lua.lib.text.FormatSpec;
import dev.tinysse.lua.lib.text.IntegerFormat;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.io.IOException;
import java.util.Locale;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The methods and metamethods of file handles. */
final class FileMethods {
    private static final FormatSpec FLOAT = new FormatSpec("%.14g", 0, 0, 14, 'g');

    private FileMethods() {}

    /** A new metatable for files. */
    static Table metatable(LuaRuntime runtime) {
        Table methods = LibraryTable.into(runtime, runtime.newTable())
                .add("close", args -> LuaFile.open(args, 1).close()).add("flush", args -> flush(LuaFile.open(args, 1)))
                .add("lines", args -> LineIterator.of(args, LuaFile.open(args, 1), 2, false))
                .add("read", args -> FileReading.read(args, LuaFile.open(args, 1), 2)).add("seek", FileMethods::seek)
                .add("setvbuf", FileMethods::setBuffering)
                .add("write", args -> write(args, LuaFile.open(args, 1), args.value(1), 2)).table();
        return LibraryTable.into(runtime, runtime.newTable()).add("__name", Strings.of(LuaFile.TYPE))
                .add("__index", methods).add("__gc", FileMethods::release).add("__close", FileMethods::release)
                .add("__tostring", FileMethods::describe).table();
    }

    /** Writes the arguments from {@code first} on and returns the handle. */
    static Varargs write(Args args, LuaFile file, LuaValue handle, int first) {
        try {
            for (int i = first; i <= args.count(); i++) {
                write(args, file.stream(), i);
            }
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
        return handle;
    }

    private static void write(Args args, FileStream stream, int i) throws IOException {
        if (args.value(i).type() != LuaValue.TNUMBER) {
            LuaString s = args.string(i);
            stream.write(s.m_bytes, s.m_offset, s.m_length);
            return;
        }
        ByteBuilder text = new ByteBuilder();
        if (args.value(i) instanceof LuaFloat number) {
            FloatFormat.format(text, FLOAT, number.value);
        } else {
            IntegerFormat.decimal(text, args.integer(i));
        }
        stream.write(text.array(), 0, text.length());
    }

    static Varargs flush(LuaFile file) {
        try {
            file.stream().flush();
            return LuaValue.TRUE;
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
    }

    private static Varargs seek(Args args) {
        LuaFile file = LuaFile.open(args, 1);
        String origin = Options.check(args, 2, "cur", "set", "cur", "end");
        long offset = args.integer(3, 0);
        try {
            return LuaInteger.of(
                    file.stream().seek(FileStream.Origin.valueOf(origin.toUpperCase(Locale.ROOT)), offset));
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
    }

    private static Varargs setBuffering(Args args) {
        LuaFile file = LuaFile.open(args, 1);
        String mode = Options.check(args, 2, null, "no", "full", "line");
        args.integer(3, 0);
        try {
            file.stream().buffering(FileStream.Buffering.valueOf(mode.toUpperCase(Locale.ROOT)));
            return LuaValue.TRUE;
        } catch (IOException e) {
            return LuaFile.failure(e, null);
        }
    }

    private static Varargs release(Args args) {
        LuaFile file = LuaFile.any(args, 1);
        if (!file.closed()) {
            file.close();
        }
        return LuaValue.NONE;
    }

    private static Varargs describe(Args args) {
        LuaFile file = LuaFile.any(args, 1);
        return Strings
                .of(file.closed() ? "file (closed)" : "file (" + args.runtime().addresses().of(args.value(1)) + ")");
    }
}
