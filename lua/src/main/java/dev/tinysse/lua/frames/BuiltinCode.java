package dev.tinysse.lua.frames;

/** Marks the classes of functions that are written in Java, by which {@link Frames} knows them. */
public interface BuiltinCode {}
