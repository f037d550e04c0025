package dev.tinysse.lua.runtime;

/** The stack on which functions of Lua run: that of a call, or of a coroutine. The state of an engine only keeps it. */
public interface RunningStack {}
