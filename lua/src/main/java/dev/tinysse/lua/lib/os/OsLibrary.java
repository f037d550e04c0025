package dev.tinysse.lua.lib.os;

import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.io.LuaFile;
import dev.tinysse.lua.lib.io.OpenFiles;
import dev.tinysse.lua.lib.io.Shell;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.lib.support.Options;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.Strings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code os} of one engine (reference manual, section 6.9). */
public final class OsLibrary {
    private static final double NANOS = 1e9;

    private final Host host;
    private final OpenFiles files;

    private OsLibrary(Host host, OpenFiles files) {
        this.host = host;
        this.files = files;
    }

    public static void open(LuaRuntime runtime, Host host, OpenFiles files) {
        OsLibrary os = new OsLibrary(host, files);
        LibraryTable library = LibraryTable.named(runtime, "os");
        DateFunctions.addTo(library);
        library.add("clock", args -> LuaFloat.of(ProcessorTime.nanos() / NANOS))
                .add("difftime", args -> LuaFloat.of((double) args.integer(1) - args.integer(2)))
                .add("execute", os::execute).add("exit", os::exit).add("getenv", os::variable)
                .add("remove", OsLibrary::remove).add("rename", OsLibrary::rename)
                .add("setlocale", OsLibrary::setLocale).add("tmpname", OsLibrary::temporaryName).install("os");
    }

    private Varargs execute(Args args) {
        if (args.absent(1)) {
            return LuaValue.TRUE;
        }
        String command = Strings.text(args.string(1));
        files.flush();
        try {
            return LuaFile.outcome(Coroutine.block(args.runtime(), () -> Shell.run(command)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return LuaFile.failure(e, null);
        }
    }

    private Varargs exit(Args args) {
        int status = 0;
        if (args.value(1).type() == LuaValue.TBOOLEAN) {
            status = args.truth(1) ? 0 : 1;
        } else {
            status = (int) args.integer(1, 0);
        }
        files.flush();
        host.exit().accept(status);
        return LuaValue.NONE;
    }

    private Varargs variable(Args args) {
        String value = host.environment().apply(Strings.text(args.string(1)));
        return value == null ? LuaValue.NIL : Strings.of(value);
    }

    private static Varargs remove(Args args) {
        String name = Strings.text(args.string(1));
        try {
            Files.delete(Path.of(name));
            return LuaValue.TRUE;
        } catch (IOException | InvalidPathException e) {
            return LuaFile.failure(e, name);
        }
    }

    private static Varargs rename(Args args) {
        String from = Strings.text(args.string(1));
        String to = Strings.text(args.string(2));
        try {
            Files.move(Path.of(from), Path.of(to), StandardCopyOption.ATOMIC_MOVE);
            return LuaValue.TRUE;
        } catch (IOException | InvalidPathException e) {
            return LuaFile.failure(e, null);
        }
    }

    private static Varargs temporaryName(Args args) {
        try {
            return Strings.of(Files.createTempFile("lua_", "").toString());
        } catch (IOException e) {
            throw args.failure("unable to generate a unique filename");
        }
    }

    /** There is the C locale alone. */
    private static Varargs setLocale(Args args) {
        String name = args.absent(1) ? "C" : Strings.text(args.string(1));
        Options.check(args, 2, "all", "all", "collate", "ctype", "monetary", "numeric", "time");
        return name.isEmpty() || name.equals("C") || name.equals("POSIX") ? Strings.of("C") : LuaValue.NIL;
    }
}
