package dev.tinysse.lua.runtime;

/** Marks the classes of functions that are written in Java, by which {@link Frames} knows them. */
interface BuiltinCode {}
