package dev.tinysse.lua.lib.io;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The result of {@code lines}: each call reads once more by the same formats. */
final class LineIterator extends Builtin {
    private static final int MAX_FORMATS = 250;

    private final LuaRuntime runtime;
    private final LuaFile file;
    private final Varargs formats;
    private final boolean closing;

    private LineIterator(LuaRuntime runtime, LuaFile file, Varargs formats, boolean closing) {
        super("for iterator");
        this.runtime = runtime;
        this.file = file;
        this.formats = formats;
        this.closing = closing;
    }

    /**
     * An iterator over a file by the formats from argument {@code first} on.
     *
     * @param closing whether it closes the file at its end
     */
    static LineIterator of(Args args, LuaFile file, int first, boolean closing) {
        Varargs formats = args.from(first);
        if (formats.narg() > MAX_FORMATS) {
            throw args.error(MAX_FORMATS + 2, "too many arguments");
        }
        return new LineIterator(args.runtime(), file, formats, closing);
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        if (file.closed()) {
            throw Failures.ofCaller("file is already closed");
        }
        Varargs results = FileReading.read(new Args(runtime, this, formats), file, 1);
        if (Values.truth(results.arg1())) {
            return results;
        }
        if (results.narg() > 1) {
            throw Failures.ofCaller(Strings.text(Text.of(runtime, results.arg(2))));
        }
        if (closing) {
            file.close();
        }
        return LuaValue.NONE;
    }
}
