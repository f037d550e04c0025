package dev.tinysse.lua.lib.base;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.io.IoFailure;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.syntax.SourceFile;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code loadfile} and {@code dofile}; without a name they read the standard input to its end. */
public final class FileLoading {
    private static final String TEXT_OR_BINARY = "bt";

    private final Host host;

    private FileLoading(Host host) {
        this.host = host;
    }

    public static void addTo(LuaRuntime runtime, Host host) {
        FileLoading loading = new FileLoading(host);
        LibraryTable.into(runtime, runtime.globals()).add("dofile", loading::run).add("loadfile", loading::load);
    }

    private Varargs load(Args args) {
        String mode = Strings.text(args.string(2, Strings.of(TEXT_OR_BINARY)));
        return load(args, mode, args.count() >= 3 ? args.value(3) : args.runtime().globals());
    }

    private Varargs run(Args args) {
        Varargs loaded = load(args, TEXT_OR_BINARY, args.runtime().globals());
        if (loaded.arg1().isnil()) {
            throw new LuaException(loaded.arg(2));
        }
        return Calls.invoke(args.runtime(), loaded.arg1(), LuaValue.NONE);
    }

    private Varargs load(Args args, String mode, LuaValue environment) {
        boolean named = !args.absent(1);
        String name = named ? Strings.text(args.string(1)) : "stdin";
        byte[] source;
        try {
            source = named ? Files.readAllBytes(Path.of(name)) : input(args.runtime());
        } catch (IOException | InvalidPathException e) {
            IoFailure failure = IoFailure.of(e);
            String what = failure == IoFailure.DIRECTORY ? "cannot read " : "cannot open ";
            return Values.of(LuaValue.NIL, Strings.of(what + name + ": " + failure.text()));
        }
        return CodeLibrary.compiled(args.runtime(), SourceFile.chunk(source), (named ? "@" : "=") + name, mode,
                environment);
    }

    private byte[] input(LuaRuntime runtime) throws IOException {
        try {
            return Coroutine.block(runtime, host.in()::readAllBytes);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
