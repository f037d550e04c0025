package dev.tinysse.luahooks;

import dev.tinysse.lua.frames.Failures;
import dev.tinysse.lua.operation.Calls;
import dev.tinysse.lua.operation.Coercion;
import dev.tinysse.lua.operation.Indexing;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.luahooks.packages.ScriptClock;
import org.luaj.vm2.LuaValue;

/**
 * The clock of tests: once a test has replaced {@code os.time}, what that returns is the time, in seconds and perhaps a fraction;
 * until then it is that of the system. Only for a thread that holds the lock of the engine.
 */
final class TestClock implements ScriptClock {
    private static final double MILLIS = 1000;

    private LuaValue original = LuaValue.NIL;

    /** Remembers what {@code os.time} is, before a script runs. */
    void open(LuaRuntime runtime) {
        original = current(runtime);
    }

    @Override
    public long millis(LuaRuntime runtime) {
        LuaValue now = current(runtime);
        if (now == original) {
            return SYSTEM.millis(runtime);
        }
        LuaValue seconds = Coercion.toNumber(Calls.invoke(runtime, now, LuaValue.NONE).arg1());
        if (seconds == null) {
            throw Failures.ofCaller("os.time must return a number");
        }
        return (long) Math.floor(seconds.todouble() * MILLIS);
    }

    private static LuaValue current(LuaRuntime runtime) {
        LuaValue library = Indexing.index(runtime, runtime.globals(), Strings.of("os"));
        return Indexing.index(runtime, library, Strings.of("time"));
    }
}
