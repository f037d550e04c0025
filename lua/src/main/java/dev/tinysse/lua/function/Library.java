package dev.tinysse.lua.function;

import dev.tinysse.lua.runtime.LuaRuntime;

/** A set of functions that an engine can be given. */
@FunctionalInterface
public interface Library {

    /** Puts the functions where scripts find them: into the globals, or among the packages of {@code require}. */
    void open(LuaRuntime runtime);
}
