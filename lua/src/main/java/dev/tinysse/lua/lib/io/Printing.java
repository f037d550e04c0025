package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.text.ByteBuilder;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import java.io.IOException;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code print} and {@code warn} of one engine. */
final class Printing {
    private static final int ROOM = 80;

    private final FileStream out;
    private final FileStream err;
    private boolean warning;

    private Printing(FileStream out, FileStream err) {
        this.out = out;
        this.err = err;
    }

    static void addTo(LuaRuntime runtime, FileStream out, FileStream err) {
        Printing printing = new Printing(out, err);
        LibraryTable.into(runtime, runtime.globals()).add("print", printing::print).add("warn", printing::warn);
    }

    private Varargs print(Args args) {
        ByteBuilder line = new ByteBuilder(ROOM, args.runtime()::charge);
        for (int i = 1; i <= args.count(); i++) {
            if (i > 1) {
                line.append('\t');
            }
            LuaString text = Text.of(args.runtime(), args.value(i));
            line.append(text.m_bytes, text.m_offset, text.m_length);
        }
        write(out, line.append('\n'));
        return LuaValue.NONE;
    }

    /** Warnings are off until {@code @on}. */
    private Varargs warn(Args args) {
        ByteBuilder line = new ByteBuilder(ROOM, args.runtime()::charge).append("Lua warning: ");
        int prefix = line.length();
        args.string(1);
        for (int i = 1; i <= args.count(); i++) {
            LuaString text = args.string(i);
            line.append(text.m_bytes, text.m_offset, text.m_length);
        }
        String message = Strings.text(Strings.copyOf(line.array(), prefix, line.length() - prefix));
        if (args.count() == 1 && message.startsWith("@")) {
            warning = message.equals("@on") || warning && !message.equals("@off");
        } else if (warning) {
            write(err, line.append('\n'));
        }
        return LuaValue.NONE;
    }

    /** Output that cannot be written is lost, as it is in C. */
    private static void write(FileStream stream, ByteBuilder line) {
        try {
            stream.write(line.array(), 0, line.length());
            stream.flush();
        } catch (IOException e) {
            return;
        }
    }
}
