package dev.tinysse.lua;

import dev.tinysse.lua.compile.ChunkLoader;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.syntax.SourceFile;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The operations inside of an engine. Only for the thread that has entered, as long as it is inside. */
public final class Session {

    private final LuaRuntime runtime;
    private final LimitedCalls calls;

    Session(LuaRuntime runtime, LimitedCalls calls) {
        this.runtime = runtime;
        this.calls = calls;
    }

    /** The engine's state, to make tables and strings and to look at them. */
    public LuaRuntime runtime() {
        return runtime;
    }

    /**
     * Compiles a chunk in the engine's globals.
     *
     * @param source its bytes, as they are in the file: a byte order mark and a first line with {@code #} are skipped
     * @param chunkName {@code @} and the file name, for messages
     * @throws LuaException if it is not Lua
     */
    public Invocable load(byte[] source, String chunkName) {
        return ChunkLoader.load(runtime, SourceFile.chunk(source), chunkName, runtime.globals());
    }

    /** The value of a global, nil if there is none. */
    public LuaValue global(String name) {
        return runtime.globals().rawget(name);
    }

    /**
     * Calls a function.
     *
     * @return its results; {@link LuaValue#NONE}, a value, or a list of values
     * @throws LuaException the error that the call ends with, with a traceback
     */
    public Varargs call(Invocable function, Varargs arguments, CallLimits limits) {
        return calls.call(function, arguments, limits);
    }
}
