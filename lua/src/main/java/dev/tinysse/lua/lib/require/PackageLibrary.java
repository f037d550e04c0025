package dev.tinysse.lua.lib.require;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.function.LibraryTable;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.operation.Text;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Values;
import java.util.Optional;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code package} and {@code require} (reference manual, section 6.3). There are no modules of native code. */
public final class PackageLibrary {
    private static final String ROOT = "/usr/local/";
    private static final String LUA = ROOT + "share/lua/5.4/";
    private static final String NATIVE = ROOT + "lib/lua/5.4/";
    private static final String STANDARD_PATH = LUA + "?.lua;" + LUA + "?/init.lua;" + NATIVE + "?.lua;" + NATIVE
            + "?/init.lua;./?.lua;./?/init.lua";
    private static final String STANDARD_NATIVE_PATH = NATIVE + "?.so;" + NATIVE + "loadall.so;./?.so";
    private static final String NO_NATIVE_CODE = "native code cannot be loaded";

    private final LuaRuntime runtime;
    private final Table library;
    private final Table preload;
    private final LuaValue loadFile;

    private PackageLibrary(LuaRuntime runtime, Table library, Table preload) {
        this.runtime = runtime;
        this.library = library;
        this.preload = preload;
        this.loadFile = runtime.globals().rawget("loadfile");
    }

    /** Installs it; modules are loaded by what is the global {@code loadfile} now. */
    public static void open(LuaRuntime runtime, Host host) {
        Table preload = runtime.newTable();
        LibraryTable entries = LibraryTable.named(runtime, "package");
        PackageLibrary functions = new PackageLibrary(runtime, entries.table(), preload);
        entries.add("config", Strings.of("/\n;\n?\n!\n-\n"))
                .add("cpath",
                        Strings.of(SearchPath.fromEnvironment(host.environment(), "LUA_CPATH", STANDARD_NATIVE_PATH)))
                .add("loaded", runtime.loaded()).add("loadlib", PackageLibrary::loadLibrary)
                .add("path", Strings.of(SearchPath.fromEnvironment(host.environment(), "LUA_PATH", STANDARD_PATH)))
                .add("preload", preload).add("searchers", functions.searchers(host.scriptPath()))
                .add("searchpath", PackageLibrary::searchPath).install("package");
        LibraryTable.into(runtime, runtime.globals()).add("require", functions::require);
    }

    private Table searchers(String scriptPath) {
        Table searchers = runtime.newTable();
        add(searchers, this::preloaded);
        add(searchers, args -> luaModule(args, path("path")));
        add(searchers, this::nativeModule);
        if (!scriptPath.isEmpty()) {
            add(searchers, args -> luaModule(args, scriptPath));
        }
        return searchers;
    }

    private void add(Table searchers, Builtin.Body searcher) {
        searchers.rawset(searchers.border() + 1, Builtin.of(runtime, "package.searcher", searcher));
    }

    private Varargs preloaded(Args args) {
        LuaString name = args.string(1);
        LuaValue loader = Indexing.index(runtime, preload, name);
        if (loader.isnil()) {
            return Strings.of("no field package.preload['" + Strings.text(name) + "']");
        }
        return Values.of(loader, Strings.of(":preload:"));
    }

    private Varargs luaModule(Args args, String path) {
        String name = Strings.text(args.string(1));
        String expanded = SearchPath.expand(runtime, name.replace(".", "/"), path);
        Optional<String> file = SearchPath.find(runtime, expanded);
        if (file.isEmpty()) {
            return Strings.of(SearchPath.notFound(expanded));
        }
        LuaString fileName = Strings.of(file.get());
        Varargs loaded = Calls.invoke(runtime, loadFile, fileName);
        if (loaded.arg1().isnil()) {
            throw unloadable(args, name, file.get(), Strings.text(Text.of(runtime, loaded.arg(2))));
        }
        return Values.of(loaded.arg1(), fileName);
    }

    private Varargs nativeModule(Args args) {
        String name = Strings.text(args.string(1));
        String expanded = SearchPath.expand(runtime, name.replace(".", "/"), path("cpath"));
        Optional<String> file = SearchPath.find(runtime, expanded);
        if (file.isPresent()) {
            throw unloadable(args, name, file.get(), NO_NATIVE_CODE);
        }
        return Strings.of(SearchPath.notFound(expanded));
    }

    private String path(String field) {
        if (Indexing.index(runtime, library, Strings.of(field)) instanceof LuaString path) {
            return Strings.text(path);
        }
        throw Failures.ofCaller("'package." + field + "' must be a string");
    }

    private static RuntimeException unloadable(Args args, String name, String file, String message) {
        return args.failure("error loading module '" + name + "' from file '" + file + "':\n\t" + message);
    }

    private Varargs require(Args args) {
        LuaString name = args.string(1);
        Table loaded = runtime.loaded();
        LuaValue present = Indexing.index(runtime, loaded, name);
        if (Values.truth(present)) {
            return present;
        }
        Varargs found = search(args, name);
        LuaValue data = found.arg(2);
        LuaValue result = Calls.call(runtime, found.arg1(), name, data);
        if (!result.isnil()) {
            Indexing.setIndex(runtime, loaded, name, result);
        } else if (Indexing.index(runtime, loaded, name).isnil()) {
            Indexing.setIndex(runtime, loaded, name, LuaValue.TRUE);
        }
        return Values.of(Indexing.index(runtime, loaded, name), data);
    }

    /** The loader that the first searcher to know the module gives, and what to hand to it. */
    private Varargs search(Args args, LuaString name) {
        if (!(Indexing.index(runtime, library, Strings.of("searchers")) instanceof Table searchers)) {
            throw args.failure("'package.searchers' must be a table");
        }
        StringBuilder messages = new StringBuilder();
        for (long i = 1;; i++) {
            LuaValue searcher = searchers.rawget(i);
            if (searcher.isnil()) {
                throw args.failure("module '" + Strings.text(name) + "' not found:" + messages);
            }
            Varargs found = Calls.invoke(runtime, searcher, name);
            if (found.arg1().isfunction()) {
                return found;
            }
            if (found.arg1() instanceof LuaString message) {
                messages.append("\n\t").append(Strings.text(message));
            }
        }
    }

    private static Varargs searchPath(Args args) {
        String name = Strings.text(args.string(1));
        String path = Strings.text(args.string(2));
        String separator = Strings.text(args.string(3, Strings.of(".")));
        String replacement = Strings.text(args.string(4, Strings.of("/")));
        String expanded = SearchPath.expand(args.runtime(),
                separator.isEmpty() ? name : name.replace(separator, replacement), path);
        Optional<String> file = SearchPath.find(args.runtime(), expanded);
        return file.isPresent()
                ? Strings.of(file.get())
                : Values.of(LuaValue.NIL, Strings.of(SearchPath.notFound(expanded)));
    }

    private static Varargs loadLibrary(Args args) {
        args.string(1);
        args.string(2);
        return Values.of(LuaValue.NIL, Strings.of(NO_NATIVE_CODE), Strings.of("absent"));
    }
}
