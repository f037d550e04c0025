package dev.tinysse.lua.lib;

import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.lib.base.BaseLibrary;
import dev.tinysse.lua.lib.base.CodeLibrary;
import dev.tinysse.lua.lib.base.FileLoading;
import dev.tinysse.lua.lib.coroutine.CoroutineLibrary;
import dev.tinysse.lua.lib.io.IoLibrary;
import dev.tinysse.lua.lib.io.OpenFiles;
import dev.tinysse.lua.lib.math.MathLibrary;
import dev.tinysse.lua.lib.os.OsLibrary;
import dev.tinysse.lua.lib.require.PackageLibrary;
import dev.tinysse.lua.lib.string.StringLibrary;
import dev.tinysse.lua.lib.support.Host;
import dev.tinysse.lua.lib.table.TableLibrary;
import dev.tinysse.lua.lib.utf8.Utf8Library;
import dev.tinysse.lua.runtime.LuaRuntime;

/** The standard libraries that do more than look at values, together with those that do not: all but what runs code. */
public final class StandardLibraries implements Library {
    private final Host host;
    private final OpenFiles files = new OpenFiles();

    /** Libraries for one engine, which see {@code host}. */
    public StandardLibraries(Host host) {
        this.host = host;
    }

    @Override
    public void open(LuaRuntime runtime) {
        new BaseLibrary().open(runtime);
        new CodeLibrary().open(runtime);
        FileLoading.addTo(runtime, host);
        new CoroutineLibrary().open(runtime);
        new StringLibrary().open(runtime);
        new TableLibrary().open(runtime);
        new MathLibrary().open(runtime);
        new Utf8Library().open(runtime);
        IoLibrary.open(runtime, host, files);
        OsLibrary.open(runtime, host, files);
        PackageLibrary.open(runtime, host);
    }

    /** Writes out what scripts have written to files and not flushed; to be called when the engine ends. */
    public void flush() {
        files.flush();
    }
}
