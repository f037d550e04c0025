package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.runtime.LuaRuntime;

/** The time of the packages of an engine. Only for a thread that holds its lock. */
@FunctionalInterface
public interface ScriptClock {
    /** The clock of the system. */
    ScriptClock SYSTEM = _ -> System.currentTimeMillis();

    /** {@return the milliseconds since 1970} */
    long millis(LuaRuntime runtime);
}
