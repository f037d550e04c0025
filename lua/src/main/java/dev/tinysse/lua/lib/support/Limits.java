package dev.tinysse.lua.lib.support;

/** Limits that several libraries share. */
public final class Limits {

    /** Results of a call have to fit into an array with room to spare. */
    public static final int MAX_RESULTS = 1_000_000;

    private Limits() {}
}
